package ballot.cli.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ballot.api.Candidate;
import ballot.api.ElectionName;
import ballot.api.Term;
import ballot.cli.process.Redaction;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log as whoever reads it sees it, and as whoever writes to it feels it. */
@Timeout(60)
final class LogTest {

  private static final ElectionName ELECTION = new ElectionName("jobs/backup");
  private static final Candidate CANDIDATE =
      new Candidate("me too", "host", 7, Instant.parse("2026-01-01T00:00:00Z"));
  private static final Optional<Term> TERM = Optional.of(new Term(42));

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

  @AfterEach
  void nobodyListens() {
    SystemLoggers.close();
  }

  private Log log(LogPlan.Format format, LogLevel level, boolean terminal, OutputStream sink) {
    Redaction redaction = Redaction.of(List.of("hunter2", "ab"));
    return new Log(new LogPlan(level, format, terminal, terminal, redaction), sink, complaints);
  }

  private Log log(LogPlan.Format format) {
    return log(format, LogLevel.DEBUG, false, written);
  }

  private static Story story(Log log) {
    return log.story(LogContext.of(ELECTION, CANDIDATE));
  }

  private Stream<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines();
  }

  @Test
  void human_lines_have_time_level_message_and_what_they_are_about() {
    try (Log log = log(LogPlan.Format.HUMAN)) {
      story(log).tell(LogLevel.INFO, "elected", TERM);
      story(log).output(CommandStream.STDERR, "oops", TERM);
      log.write(LogLevel.WARN, "by the way");
    }
    String time = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}(Z|[+-]\\d{2}:\\d{2}) ";
    assertThat(lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        time + "INFO  elected  election=jobs/backup candidate=\"me too\" term=42"),
            line ->
                assertThat(line)
                    .matches(
                        time
                            + "ERROR oops  election=jobs/backup candidate=\"me too\" term=42"
                            + " stream=stderr"),
            line -> assertThat(line).matches(time + "WARN  by the way"));
  }

  @Test
  void on_a_terminal_lines_are_short_and_say_what_they_are_about_when_it_changes() {
    try (Log log = log(LogPlan.Format.HUMAN, LogLevel.DEBUG, true, written)) {
      story(log).tell(LogLevel.INFO, "stood", Optional.empty());
      story(log).tell(LogLevel.INFO, "elected", TERM);
      story(log).output(CommandStream.STDOUT, "hello", TERM);
      story(log).tell(LogLevel.INFO, "over", TERM);
    }
    List<String> plain = lines().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")).toList();
    String time = "\\d{2}:\\d{2}:\\d{2}\\.\\d{3} ";
    assertThat(plain.get(0))
        .matches(time + "INFO  stood  election=jobs/backup candidate=\"me too\"");
    assertThat(plain.get(1)).matches(time + "INFO  elected  term=42");
    assertThat(plain.get(2)).matches(time + "INFO  \\| hello");
    assertThat(plain.get(3)).matches(time + "INFO  over");
    assertThat(lines()).allMatch(line -> line.contains("\u001b[32mINFO"));
  }

  @Test
  void json_lines_are_objects_with_the_fields_that_are_known() throws IOException {
    String nasty = "quote \" backslash \\ tab \t escape \u001b half \ud83d";
    try (Log log = log(LogPlan.Format.JSON)) {
      story(log).tell(LogLevel.INFO, "elected", TERM);
      story(log).output(CommandStream.STDOUT, nasty, Optional.empty());
      log.write(
          LogEntry.now(
              LogLevel.ERROR, "x.Y", "failed", LogContext.NONE, new IOException("of hunter2")));
    }
    List<String> lines = lines().toList();
    assertThat(lines).hasSize(3);
    JsonNode story = new ObjectMapper().readTree(lines.get(0));
    assertThat(story.properties().stream().map(field -> field.getKey()))
        .containsExactly("time", "level", "logger", "message", "election", "candidate", "term");
    assertThat(Instant.parse(story.get("time").asText())).isBeforeOrEqualTo(Instant.now());
    assertThat(story.get("level").asText()).isEqualTo("info");
    assertThat(story.get("candidate").asText()).isEqualTo("me too");
    assertThat(story.get("term").isIntegralNumber()).isTrue();
    JsonNode output = new ObjectMapper().readTree(lines.get(1));
    assertThat(output.get("message").asText()).isEqualTo(nasty);
    assertThat(output.get("stream").asText()).isEqualTo("stdout");
    assertThat(output.has("term")).isFalse();
    JsonNode error = new ObjectMapper().readTree(lines.get(2));
    assertThat(error.get("error").asText()).contains("IOException: of ***", "\tat ballot.cli");
  }

  @Test
  void raw_lines_are_keys_and_values() {
    try (Log log = log(LogPlan.Format.RAW)) {
      story(log).tell(LogLevel.WARN, "waiting: held by \"two\"", TERM);
    }
    assertThat(lines())
        .singleElement()
        .asString()
        .matches(
            "time=\\S+Z level=warn msg=\"waiting: held by \\\\\"two\\\\\"\" election=jobs/backup"
                + " candidate=\"me too\" term=42 logger=ballot.story");
  }

  @ParameterizedTest
  @EnumSource(LogPlan.Format.class)
  void secrets_are_taken_out_of_every_format(LogPlan.Format format) {
    try (Log log = log(format)) {
      story(log).tell(LogLevel.INFO, "token hunter2 at http://me:other@host/", TERM);
      story(log).output(CommandStream.STDOUT, "hunter2", TERM);
      log.write(
          LogEntry.now(
              LogLevel.ERROR, "x", "y", LogContext.NONE, new IllegalStateException("hunter2")));
    }
    assertThat(written.toString(StandardCharsets.UTF_8))
        .doesNotContain("hunter2", "me:other")
        .contains("***", "http://***@host/");
  }

  @Test
  void lines_below_the_level_are_not_written_and_a_command_on_stderr_counts_as_an_error() {
    try (Log log = log(LogPlan.Format.RAW, LogLevel.ERROR, false, written)) {
      story(log).tell(LogLevel.WARN, "no", TERM);
      story(log).output(CommandStream.STDOUT, "no", TERM);
      story(log).output(CommandStream.STDERR, "yes", TERM);
    }
    assertThat(lines()).hasSize(1).first().asString().contains("msg=yes");
    assertThat(log(LogPlan.Format.RAW, LogLevel.PANIC, false, written).isLogged(LogLevel.FATAL))
        .isFalse();
    assertThat(log(LogPlan.Format.RAW, LogLevel.FATAL, false, written).isLogged(LogLevel.ERROR))
        .isFalse();
  }

  @Test
  void a_message_cannot_forge_a_line() {
    try (Log log = log(LogPlan.Format.HUMAN)) {
      story(log).tell(LogLevel.INFO, "one\n2026-01-01 INFO two\u001b[2J", TERM);
    }
    assertThat(lines()).hasSize(1);
    assertThat(written.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b");
  }

  @Test
  void what_others_log_comes_with_the_election_that_is_among_its_parameters() {
    System.Logger logger = new SystemLoggers().getLogger("ballot.engine.X", Log.class.getModule());
    try (Log log = log(LogPlan.Format.RAW)) {
      SystemLoggers.open(log);
      logger.log(
          System.Logger.Level.DEBUG,
          "renewed {0,number,#} of {1}''s in {2}, {3}",
          new Term(1234567),
          CANDIDATE.id(),
          ELECTION);
      logger.log(System.Logger.Level.TRACE, "too fine");
      logger.log(System.Logger.Level.WARNING, "broken", new IOException("why"));
      new SystemLoggers()
          .getLogger("jdk.internal.httpclient", Log.class.getModule())
          .log(System.Logger.Level.INFO, "headers of ours");
    }
    assertThat(lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains("msg=\"renewed 1234567 of me too's in jobs/backup, {3}\"")
                    .contains(" election=jobs/backup term=1234567 logger=ballot.engine.X"),
            line -> assertThat(line).contains("level=warn msg=broken", "IOException: why"));
  }

  @Test
  void clients_of_stores_are_heard_a_step_lower_and_their_chatter_not_at_all() {
    Logger client = LoggerFactory.getLogger("org.apache.zookeeper.ClientCnxn");
    try (Log log = log(LogPlan.Format.RAW, LogLevel.TRACE, false, written)) {
      SystemLoggers.open(log);
      client.error("broken {}", "pipe", new IOException("why"));
      client.warn("{} of {}", 1, 2);
      client.info("opening");
      client.debug("packet with a password");
      client.trace("packet with a password");
      assertThat(client.isDebugEnabled()).isFalse();
    }
    String by = " logger=org.apache.zookeeper.ClientCnxn";
    assertThat(lines())
        .satisfiesExactly(
            line ->
                assertThat(line).contains("level=warn msg=\"broken pipe\"", by, "IOException: why"),
            line -> assertThat(line).contains("level=debug msg=\"1 of 2\"", by),
            line -> assertThat(line).contains("level=debug msg=opening", by));
  }

  /** A reader that does not read until it is told to. */
  private static final class SlowReader extends OutputStream {
    private final CountDownLatch reads = new CountDownLatch(1);
    private final Semaphore begun = new Semaphore(0);
    private final OutputStream behind;

    SlowReader(OutputStream behind) {
      this.behind = behind;
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      begun.release();
      try {
        reads.await();
      } catch (InterruptedException closed) {
        throw new IOException("given up");
      }
      behind.write(bytes, from, length);
    }
  }

  @Test
  void lines_of_ours_never_wait_for_a_slow_reader_and_what_is_left_out_is_counted() {
    SlowReader reader = new SlowReader(written);
    try (Log log = log(LogPlan.Format.RAW, LogLevel.INFO, false, reader)) {
      Story story = story(log);
      long start = System.nanoTime();
      IntStream.range(0, 100_000).forEach(i -> story.tell(LogLevel.INFO, "line " + i, TERM));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
      reader.reads.countDown();
    }
    List<String> all = lines().toList();
    long told = all.stream().filter(line -> line.contains("msg=\"line ")).count();
    long missing =
        all.stream()
            .filter(line -> line.contains("lines are missing here"))
            .mapToLong(line -> Long.parseLong(line.replaceAll(".*msg=\"(\\d+) lines.*", "$1")))
            .sum();
    assertThat(missing).isPositive();
    assertThat(told + missing).isEqualTo(100_000);
  }

  @Test
  void lines_of_the_command_wait_and_none_is_lost_or_moved() throws InterruptedException {
    SlowReader reader = new SlowReader(written);
    int count = 30_000;
    try (Log log = log(LogPlan.Format.RAW, LogLevel.INFO, false, reader)) {
      Story story = story(log);
      CountDownLatch allTaken = new CountDownLatch(1);
      Thread command =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < count; i++) {
                      story.output(CommandStream.STDOUT, "line " + i, TERM);
                    }
                    allTaken.countDown();
                  });
      assertThat(allTaken.await(200, TimeUnit.MILLISECONDS)).isFalse();
      reader.reads.countDown();
      command.join();
    }
    assertThat(lines().map(line -> line.replaceAll(".*msg=\"(line \\d+)\".*", "$1")))
        .containsExactlyElementsOf(IntStream.range(0, count).mapToObj(i -> "line " + i).toList());
  }

  @Test
  void a_hundred_thousand_lines_a_second_are_written_on_an_idle_machine() {
    int count = 300_000;
    long start = System.nanoTime();
    try (Log log =
        log(LogPlan.Format.HUMAN, LogLevel.INFO, false, OutputStream.nullOutputStream())) {
      Story story = story(log);
      for (int i = 0; i < count; i++) {
        story.output(
            CommandStream.STDOUT, "a line of the command of usual length, number " + i, TERM);
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("log: %.0f lines of a command a second%n", count / seconds);
    assertThat(seconds).isLessThan(30);
  }

  @Test
  void a_reader_that_is_gone_is_told_of_once_and_disturbs_nobody() {
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int single) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    try (Log log = log(LogPlan.Format.HUMAN, LogLevel.INFO, false, gone)) {
      IntStream.range(0, 50_000)
          .forEach(i -> story(log).output(CommandStream.STDOUT, "line " + i, TERM));
    }
    assertThat(complaints.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "ballot: the log cannot be written any more (Broken pipe): going on without it\n");
  }

  @Test
  void closing_waits_a_bounded_time_keeps_the_interrupt_and_may_be_repeated() {
    SlowReader reader = new SlowReader(written);
    Log log = log(LogPlan.Format.HUMAN, LogLevel.INFO, false, reader);
    story(log).tell(LogLevel.INFO, "nobody reads this", TERM);
    reader.begun.acquireUninterruptibly();
    story(log).tell(LogLevel.INFO, "gave leadership back", TERM);
    Thread.currentThread().interrupt();
    long start = System.nanoTime();
    log.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(10));
    // The first line is being written, for ever; the rest is waiting.
    assertThat(complaints.toString(StandardCharsets.UTF_8))
        .contains("1 or so", "gave leadership back");
    assertThatCode(log::close).doesNotThrowAnyException();
    story(log).tell(LogLevel.INFO, "too late", TERM);
    story(log).output(CommandStream.STDOUT, "too late", TERM);
  }

  @Test
  void a_log_that_was_not_written_to_starts_no_thread() {
    long before = threads();
    try (Log log = log(LogPlan.Format.HUMAN, LogLevel.INFO, false, written)) {
      log.write(LogLevel.DEBUG, "below the level");
      assertThat(threads()).isEqualTo(before);
      log.write(LogLevel.INFO, "now");
      assertThat(threads()).isEqualTo(before + 1);
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("ballot-log"))
        .count();
  }
}
