package ballot.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutputTest {

  private final Commands commands = Commands.open(Shell.forGuard(), new GuardListener() {});
  private final Recorder recorder = new Recorder();

  @AfterEach
  void close() {
    commands.close();
  }

  @Test
  void delivers_a_last_line_that_does_not_end() throws Exception {
    assertThat(linesOf("printf 'one\\ntwo'")).containsExactly("one", "two");
  }

  @Test
  void takes_either_line_end() throws Exception {
    assertThat(linesOf("printf 'dos\\r\\n\\r\\n\\nunix\\nlone\\rreturn\\n'"))
        .containsExactly("dos", "", "", "unix", "lone\rreturn");
  }

  @Test
  void replaces_what_is_not_text() throws Exception {
    assertThat(linesOf("printf 'a\\377b\\n\\303\\n'")).containsExactly("a\uFFFDb", "\uFFFD");
  }

  @Test
  void hands_a_long_line_over_in_pieces() throws Exception {
    List<String> pieces = linesOf("head -c 1000000 /dev/zero | tr '\\0' x; echo; echo short");

    assertThat(pieces.getLast()).isEqualTo("short");
    assertThat(pieces).hasSize(5).allMatch(piece -> piece.length() <= LineSplitter.LONGEST);
    assertThat(String.join("", pieces)).isEqualTo("x".repeat(1_000_000) + "short");
    assertThat(recorder.continued).containsExactly(false, true, true, true, false);
  }

  @Test
  void cuts_no_character_in_two() throws Exception {
    List<String> pieces = linesOf("printf x; yes € | head -n 200000 | tr -d '\\n'");

    assertThat(pieces).hasSizeGreaterThan(2);
    assertThat(String.join("", pieces)).isEqualTo("x" + "€".repeat(200_000));
  }

  @Test
  void loses_nothing_when_the_command_ends_right_after_a_burst() throws Exception {
    for (int i = 0; i < 20; i++) {
      Recorder one = new Recorder();
      commands.start(
          CommandSpec.of(new CommandOutput.Relayed(one), "seq", "1", "20000"), Deadline.NEVER, one);
      one.exited();

      Await.until("all lines", () -> one.linesOut().size() == 20_000);
      assertThat(one.dropped).hasValue(0);
    }
  }

  @Test
  void keeps_the_order_of_a_stream() throws Exception {
    List<String> lines = linesOf("seq 1 50000");

    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.get(i)).isEqualTo(Integer.toString(i + 1));
    }
    assertThat(lines).hasSize(50_000);
  }

  @Test
  void never_holds_up_a_command_when_nobody_takes_its_lines() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    AtomicLong taken = new AtomicLong();
    AtomicLong dropped = new AtomicLong();
    LineSink blocked =
        new LineSink() {
          @Override
          public void line(Stream stream, String text, boolean continued) {
            awaitUninterruptibly(open);
            taken.incrementAndGet();
          }

          @Override
          public void dropped(Stream stream, long lines) {
            dropped.addAndGet(lines);
          }
        };
    long lines = 2_000_000;
    long start = System.nanoTime();

    commands.start(
        CommandSpec.of(new CommandOutput.Relayed(blocked), "seq", "-w", "1", "" + lines),
        Deadline.NEVER,
        recorder);

    assertThat(recorder.exited().status()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    assertThat(taken).hasValue(0);
    open.countDown();
    Await.until("every line is accounted for", () -> taken.get() + dropped.get() == lines);
    assertThat(dropped.get()).isGreaterThan(lines / 2);
    assertThat(taken.get()).isGreaterThan(LineQueue.BYTES_PER_STREAM / 2 / "2000000\n".length());
  }

  @Test
  void goes_on_when_the_sink_fails() throws Exception {
    AtomicLong calls = new AtomicLong();
    LineSink broken =
        new LineSink() {
          @Override
          public void line(Stream stream, String text, boolean continued) {
            calls.incrementAndGet();
            throw new IllegalStateException("broken on purpose");
          }

          @Override
          public void dropped(Stream stream, long lines) {}
        };

    commands.start(
        CommandSpec.of(new CommandOutput.Relayed(broken), "seq", "1", "100"),
        Deadline.NEVER,
        recorder);

    assertThat(recorder.exited().status()).isZero();
    Await.until("all lines were offered", () -> calls.get() == 100);
  }

  @Test
  void drops_the_rest_of_a_line_whose_beginning_was_dropped() throws Exception {
    LineQueue queue = new LineQueue();
    byte[] filler = new byte[LineQueue.BYTES_PER_STREAM - 10];
    assertThat(queue.offer(LineSink.Stream.STDOUT, filler, false)).isTrue();
    String text = "y".repeat(LineSplitter.LONGEST + 100) + "\nshort\n";

    new LineSplitter(LineSink.Stream.STDOUT, queue)
        .readAll(
            java.nio.channels.Channels.newChannel(
                new java.io.ByteArrayInputStream(
                    text.getBytes(java.nio.charset.StandardCharsets.US_ASCII))));

    assertThat(queue.take()).isInstanceOf(LineQueue.Chunk.class);
    LineQueue.Item gap = queue.take();
    assertThat(gap)
        .isInstanceOfSatisfying(LineQueue.Gap.class, g -> assertThat(g.lines()).isEqualTo(1));
    assertThat(queue.take())
        .isInstanceOfSatisfying(
            LineQueue.Chunk.class,
            chunk -> assertThat(new String(chunk.bytes())).isEqualTo("short\n"));
  }

  private List<String> linesOf(String script) throws Exception {
    commands.start(
        CommandSpec.of(new CommandOutput.Relayed(recorder), "sh", "-c", script),
        Deadline.NEVER,
        recorder);
    recorder.exited();
    commands.close();
    return recorder.linesOut();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }
}
