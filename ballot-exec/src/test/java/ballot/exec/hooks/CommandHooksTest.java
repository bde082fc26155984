package ballot.exec.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ballot.api.Hook;
import ballot.api.HookExecutor;
import ballot.api.HookOutcome;
import ballot.testkit.Await;
import ballot.testkit.HookCalls;
import ballot.testkit.HookContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandHooksTest extends HookContract {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Scripts scripts;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  @BeforeEach
  void writeScripts() {
    scripts = new Scripts(folder);
  }

  @Override
  protected HookExecutor executor() {
    return new CommandHooks();
  }

  @Override
  protected Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("HOOK_MARK", scripts.mark());
    return environment;
  }

  @Override
  protected String succeeding() {
    return "true";
  }

  @Override
  protected String failing() throws Exception {
    return scripts.script("fail", "echo it went wrong >&2; exit 3");
  }

  @Override
  protected String hanging() throws Exception {
    return scripts.script("hang", scripts.hanging());
  }

  @Override
  protected boolean isAtWork() throws Exception {
    return scripts.isAnyAlive();
  }

  @Override
  protected String flooding() {
    return "yes";
  }

  @Override
  protected String telling() throws Exception {
    return scripts.script("tell", "env > " + folder.resolve("told"));
  }

  @Override
  protected String told() throws Exception {
    return Files.readString(folder.resolve("told"));
  }

  @Override
  protected Map<String, String> mistakes() throws Exception {
    Files.writeString(folder.resolve("notes"), "no program");
    Map<String, String> mistakes = new LinkedHashMap<>();
    mistakes.put("", "no command");
    mistakes.put("  # all comment", "no command");
    mistakes.put("echo 'half", "the ' at character 6 is never closed");
    mistakes.put("echo \"half", "the \" at character 6 is never closed");
    mistakes.put("echo \\", "backslash");
    mistakes.put("ech0 promoted", "did you mean 'echo'?");
    mistakes.put("/no/such/program", "no folder /no/such");
    mistakes.put(folder + "/notes", "not executable");
    mistakes.put("echo ${ADRESS}", "${ADRESS}, did you mean 'ADDRESS'");
    mistakes.put("echo a | cat", "'|' is for a shell");
    mistakes.put("echo a >/dev/null", "'>/dev/null' is for a shell");
    mistakes.put("echo a && b", "'&&' is for a shell");
    mistakes.put("echo a\0b", "NUL");
    return mistakes;
  }

  @Test
  void fills_in_what_the_hook_is_told_without_splitting_it() {
    HookOutcome outcome = run("printf '<%s>\\n' ${ADDRESS}:${PORT} \"${BALLOT_RUN_REASON}\" '' x");

    assertThat(outcome.message()).isEqualTo("status 0");
    assertThat(lines)
        .containsExactly(
            "<192.0.2.17:8642>",
            "<it was elected: \"at last\" & $(so) `on`; ünd",
            "so weiter>",
            "<>",
            "<x>");
  }

  @Test
  void leaves_to_a_shell_what_is_quoted_for_it() {
    run("sh -c 'echo ${ADDRESS} $PORT' ; \"$SESSIONID\"");

    assertThat(lines).containsExactly("192.0.2.17 8642");
  }

  @Test
  void gives_no_more_of_the_environment_than_it_was_given() {
    Map<String, String> environment = new HashMap<>(environment());
    environment.keySet().removeIf(name -> !name.equals("PATH"));
    environment.put("BALLOT_RUN_FENCING_TOKEN", "of another run");
    environment.put("BALLOT_RUN_TICK", "of another run");
    environment.put("OURS", "yes");

    Hook hook = executor().prepare("env", environment);
    hook.run(HookCalls.bare(), LIMIT, (text, error) -> lines.add(text));

    assertThat(lines)
        .contains("OURS=yes", "ADDRESS=", "PORT=0", "BALLOT_RUN_FENCING_TOKEN=1")
        .contains("BALLOT_RUN_PREVIOUS_LEADER=", "BALLOT_RUN_LEADER=false")
        .noneMatch(line -> line.startsWith("HOME=") || line.contains("of another run"));
  }

  @Test
  void has_an_empty_input_a_session_of_its_own_and_no_terminal() throws Exception {
    run(scripts.script("look", "readlink /proc/self/fd/0; cut -d' ' -f6 /proc/self/stat; echo $$"));

    assertThat(lines.getFirst()).isEqualTo("/dev/null");
    assertThat(lines.get(1)).isEqualTo(lines.get(2));
  }

  @Test
  void ends_what_a_hook_leaves_behind() throws Exception {
    String text = scripts.script("leave", "sleep 77 & sleep 77 & echo done");
    long begun = System.nanoTime();

    HookOutcome outcome = run(text);

    assertThat(outcome.message()).isEqualTo("status 0; 2 processes that it left behind were ended");
    assertThat(outcome.success()).isTrue();
    assertThat(scripts.isAnyAlive()).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Hook.GRACE);
  }

  @Test
  void is_not_drowned_by_what_a_hook_leaves_behind() throws Exception {
    String text = scripts.script("leave", "(trap '' TERM PIPE; while :; do yes; done) & exit 0");
    Runtime runtime = Runtime.getRuntime();
    long begun = System.nanoTime();

    HookOutcome outcome =
        executor()
            .prepare(text, environment())
            .run(HookCalls.promotion(), LIMIT, (line, error) -> {});

    assertThat(outcome.success()).isTrue();
    assertThat(scripts.isAnyAlive()).isFalse();
    assertThat(runtime.totalMemory() - runtime.freeMemory()).isLessThan(400_000_000);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Hook.GRACE.plusSeconds(2));
  }

  @Test
  void a_daemon_that_leaves_the_session_holds_nobody_up() throws Exception {
    Path pid = folder.resolve("pid");
    String text =
        scripts.script("daemon", "setsid sh -c 'echo $$ > " + pid + "; exec sleep 77' & wait $!");
    long begun = System.nanoTime();
    String started = scripts.script("quick", text + " & while ! [ -s " + pid + " ]; do :; done");

    HookOutcome outcome = run(started);

    long daemon = Long.parseLong(Files.readString(pid).strip());
    ProcessHandle handle = ProcessHandle.of(daemon).orElseThrow();
    assertThat(handle.destroyForcibly()).isTrue();
    assertThat(outcome.success()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void a_second_interruption_takes_the_grace_away() throws Exception {
    Path ready = folder.resolve("ready");
    Hook hook =
        executor()
            .prepare(
                scripts.script(
                    "stubborn", "trap '' TERM; : > " + ready + "; while :; do sleep 1; done"),
                environment());
    Thread runner = Thread.currentThread();
    AtomicLong interrupted = new AtomicLong();
    Thread interrupter =
        Thread.ofPlatform()
            .start(
                () -> {
                  Await.until("it runs", LIMIT, () -> Files.exists(ready));
                  interrupted.set(System.nanoTime());
                  while (runs()) {
                    runner.interrupt();
                    Thread.onSpinWait();
                  }
                });

    HookOutcome outcome = hook.run(HookCalls.promotion(), LIMIT, (line, error) -> {});

    Duration since = Duration.ofNanos(System.nanoTime() - interrupted.get());
    while (interrupter.isAlive()) {
      Thread.onSpinWait(); // joining it could be interrupted by it
    }
    assertThat(Thread.interrupted()).isTrue();
    awaitNoThreads();
    assertThat(outcome.message()).isEqualTo("interrupted; ended");
    assertThat(since).isLessThan(Hook.GRACE);
  }

  private boolean runs() {
    try {
      return scripts.isAnyAlive();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void asks_before_it_uses_force() throws Exception {
    String text =
        scripts.script("polite", "trap 'echo asked; exit 0' TERM; while :; do sleep 0.05; done");

    HookOutcome outcome =
        executor()
            .prepare(text, environment())
            .run(HookCalls.promotion(), Duration.ofMillis(500), (line, error) -> lines.add(line));

    assertThat(lines).contains("asked");
    assertThat(outcome.message()).isEqualTo("still running after 500ms; ended");
  }

  @Test
  void counts_every_line_of_a_flood() {
    AtomicLong told = new AtomicLong();
    AtomicLong missing = new AtomicLong();
    Hook hook = executor().prepare("seq -w 1 3000000", environment());

    HookOutcome outcome =
        hook.run(
            HookCalls.promotion(),
            LIMIT,
            (line, error) -> {
              if (line.startsWith("(")) {
                missing.addAndGet(Long.parseLong(line.substring(1, line.indexOf(' '))));
              } else {
                told.incrementAndGet();
              }
            });

    assertThat(outcome.message()).isEqualTo("status 0");
    assertThat(told.get() + missing.get()).isEqualTo(3_000_000);
  }

  @Test
  void says_how_it_ended() throws Exception {
    assertThat(run(scripts.script("three", "exit 3")))
        .isEqualTo(new HookOutcome(false, "status 3"));
    assertThat(run(scripts.script("shot", "kill -KILL $$")))
        .isEqualTo(new HookOutcome(false, "status 137"));
  }

  @Test
  void says_that_a_program_has_gone() throws Exception {
    String script = scripts.script("gone", "exit 0");
    Hook hook = executor().prepare(script, environment());
    Files.delete(Path.of(script));

    HookOutcome outcome = hook.run(HookCalls.promotion(), LIMIT, (line, error) -> {});

    assertThat(outcome.success()).isFalse();
    assertThat(outcome.message()).contains("no such file");
  }

  @Test
  void looks_up_at_its_time_a_program_that_is_named_by_a_value() {
    assertThat(run("${SESSIONID} now").message()).startsWith("the-session: no such command");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> executor().prepare("${NO_TOOL:-ech0} now", environment()))
        .withMessageContaining("did you mean 'echo'?");
  }

  @Test
  void leaves_no_descriptor_and_no_thread_behind() throws IOException {
    for (int i = 0; i < 20; i++) {
      assertThat(run("echo " + i).success()).isTrue();
    }
    long before = descriptors();
    for (int i = 0; i < 30; i++) {
      assertThat(run("echo " + i).success()).isTrue();
    }

    Await.until("as many descriptors", Duration.ofSeconds(5), () -> descriptors() <= before + 2);
    awaitNoThreads();
  }

  private static void awaitNoThreads() {
    Await.until(
        "no thread of a hook",
        Duration.ofSeconds(5),
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("ballot-hook-")));
  }

  private static long descriptors() throws IOException {
    try (var all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }

  private HookOutcome run(String text) {
    Hook hook = executor().prepare(text, environment());
    return hook.run(HookCalls.promotion(), LIMIT, (line, error) -> lines.add(line));
  }
}
