package ballot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ballot.api.Hook;
import ballot.api.HookExecutor;
import ballot.api.HookOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The contract of a kind of hook: every executor's test extends it once and supplies texts that do
 * what the methods say. The rules are those of {@link HookExecutor} and {@link Hook}; they know
 * nothing of what a hook is.
 */
@Timeout(60)
public abstract class HookContract {

  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration SLACK = Ground.SLACK;

  /** What is tested. */
  protected abstract HookExecutor executor();

  /** A hook that succeeds. */
  protected abstract String succeeding() throws Exception;

  /** A hook that fails, and says {@code it went wrong} among other things. */
  protected abstract String failing() throws Exception;

  /**
   * A hook that never ends, not even when it is asked to, and has begun whatever this kind of hook
   * can begin.
   */
  protected abstract String hanging() throws Exception;

  /** Whether anything of the hanging one is there. */
  protected abstract boolean isAtWork() throws Exception;

  /** A hook that says more than anybody can take, and for as long as it can. */
  protected abstract String flooding() throws Exception;

  /** A hook that succeeds and leaves what it was told where {@link #told} finds it. */
  protected abstract String telling() throws Exception;

  /** What the telling one was told. */
  protected abstract String told() throws Exception;

  /** Texts that cannot work, each with a part of what must be said about it. */
  protected abstract Map<String, String> mistakes() throws Exception;

  /** What hooks start from. */
  protected Map<String, String> environment() {
    return System.getenv();
  }

  /** One that is ready to be run. */
  protected final Hook prepared(String text) {
    return executor().prepare(text, environment());
  }

  @Test
  void H1_what_works_is_a_success() throws Exception {
    HookOutcome outcome = prepared(succeeding()).run(HookCalls.promotion(), LONG, ignoring());

    assertThat(outcome.success()).as(outcome.message()).isTrue();
    assertThat(outcome.message()).isNotBlank();
  }

  @Test
  void H1_it_can_be_run_again() throws Exception {
    Hook hook = prepared(succeeding());

    for (int i = 0; i < 3; i++) {
      assertThat(hook.run(HookCalls.promotion(), LONG, ignoring()).success()).isTrue();
    }
  }

  @Test
  void H2_what_does_not_work_is_a_failure_and_says_why() throws Exception {
    Heard heard = new Heard();

    HookOutcome outcome = prepared(failing()).run(HookCalls.promotion(), LONG, heard);

    assertThat(outcome.success()).isFalse();
    assertThat(outcome.message()).isNotBlank();
    assertThat(heard.lines()).anyMatch(line -> line.contains("it went wrong"));
  }

  @Test
  void H3_at_its_limit_it_is_ended_with_all_that_it_began() throws Exception {
    Hook hook = prepared(hanging());
    long begun = System.nanoTime();

    HookOutcome outcome = hook.run(HookCalls.promotion(), SHORT, ignoring());

    assertThat(since(begun)).isBetween(SHORT, SHORT.plus(Hook.GRACE).plus(SLACK));
    assertThat(isAtWork()).isFalse();
    assertThat(outcome.success()).isFalse();
    assertThat(outcome.message()).contains("400ms");
  }

  @Test
  void H3_without_time_nothing_is_begun() throws Exception {
    Hook hook = prepared(telling());
    hook.run(HookCalls.demotion(), LONG, ignoring());

    HookOutcome outcome = hook.run(HookCalls.promotion(), Duration.ofMillis(-1), ignoring());

    assertThat(outcome.success()).isFalse();
    assertThat(told()).contains("demote").doesNotContain("it was elected");
  }

  @Test
  void H4_interruption_ends_it_and_keeps_the_flag() throws Exception {
    Hook hook = prepared(hanging());
    Thread runner = Thread.currentThread();
    long[] interrupted = new long[1];
    Thread interrupter =
        Thread.ofPlatform()
            .start(
                () -> {
                  Await.until("it works", LONG, this::isAtWork);
                  interrupted[0] = System.nanoTime();
                  runner.interrupt();
                });

    HookOutcome outcome = hook.run(HookCalls.promotion(), LONG.multipliedBy(2), ignoring());

    assertThat(Thread.interrupted()).isTrue();
    interrupter.join();
    assertThat(since(interrupted[0])).isLessThan(Hook.GRACE.plus(SLACK));
    assertThat(isAtWork()).isFalse();
    assertThat(outcome.success()).isFalse();
    assertThat(outcome.message()).contains("interrupted");
  }

  @Test
  void H4_a_thread_that_is_interrupted_begins_nothing() throws Exception {
    Hook hook = prepared(telling());
    hook.run(HookCalls.demotion(), LONG, ignoring());
    Thread.currentThread().interrupt();

    HookOutcome outcome = hook.run(HookCalls.promotion(), LONG, ignoring());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome.success()).isFalse();
    assertThat(told()).contains("demote").doesNotContain("it was elected");
  }

  @Test
  void H5_a_flood_is_over_at_the_limit() throws Exception {
    Hook hook = prepared(flooding());
    long begun = System.nanoTime();

    HookOutcome outcome = hook.run(HookCalls.promotion(), SHORT, new Heard());

    assertThat(since(begun)).isLessThan(SHORT.plus(Hook.GRACE).plus(SLACK.multipliedBy(2)));
    assertThat(outcome.success()).isFalse();
  }

  @Test
  void H5_who_does_not_listen_holds_nobody_up() throws Exception {
    Hook hook = prepared(flooding());
    CountDownLatch end = new CountDownLatch(1);
    long begun = System.nanoTime();

    hook.run(HookCalls.promotion(), SHORT, (text, error) -> awaitUninterruptibly(end));

    assertThat(since(begun)).isLessThan(SHORT.plus(Hook.GRACE).plus(SLACK.multipliedBy(3)));
    end.countDown();
  }

  @Test
  void H6_it_is_told_everything() throws Exception {
    HookOutcome outcome = prepared(telling()).run(HookCalls.promotion(), LONG, new Heard());

    assertThat(outcome.success()).as(outcome.message()).isTrue();
    assertThat(told()).contains(HookCalls.distinctive());
  }

  @Test
  void H7_no_line_comes_after_the_end() throws Exception {
    Hook hook = prepared(flooding());
    CountDownLatch end = new CountDownLatch(1);
    Heard heard = new Heard();

    hook.run(
        HookCalls.promotion(),
        SHORT,
        (text, error) -> {
          heard.line(text, error);
          awaitUninterruptibly(end);
        });
    int lines = heard.lines().size();
    end.countDown();

    Await.always("no more lines", Duration.ofMillis(300), () -> heard.lines().size() == lines);
  }

  @Test
  void H8_an_output_that_fails_changes_nothing() throws Exception {
    Hook.Output broken =
        (text, error) -> {
          throw new IllegalStateException("broken on purpose");
        };

    assertThat(prepared(succeeding()).run(HookCalls.promotion(), LONG, broken).success()).isTrue();
    assertThat(prepared(failing()).run(HookCalls.demotion(), LONG, broken).success()).isFalse();
  }

  @Test
  void H9_a_hook_that_hangs_holds_up_no_other() throws Exception {
    Hook hanging = prepared(hanging());
    Hook succeeding = prepared(succeeding());
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Future<HookOutcome> slow =
          threads.submit(() -> hanging.run(HookCalls.promotion(), LONG, ignoring()));
      Await.until("it works", LONG, this::isAtWork);
      List<Future<HookOutcome>> others = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        others.add(threads.submit(() -> succeeding.run(HookCalls.demotion(), LONG, ignoring())));
      }
      for (Future<HookOutcome> other : others) {
        assertThat(other.get(LONG.toSeconds(), TimeUnit.SECONDS).success()).isTrue();
      }
      assertThat(slow).isNotDone();
      threads.shutdownNow();
    }
    assertThat(isAtWork()).isFalse();
  }

  @Test
  void H10_mistakes_are_found_before_anything_runs() throws Exception {
    mistakes()
        .forEach(
            (text, complaint) ->
                assertThatExceptionOfType(IllegalArgumentException.class)
                    .as("prepare '%s'", text)
                    .isThrownBy(() -> prepared(text))
                    .withMessageContaining(complaint));
  }

  @Test
  void H11_it_is_found_as_plugins_are() {
    Optional<HookExecutor> found =
        ServiceLoader.load(HookExecutor.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> each.name().equals(executor().name()))
            .findAny();

    assertThat(found).containsInstanceOf(executor().getClass());
    assertThat(executor().name()).matches("[a-z0-9-]+");
    assertThat(executor().summary()).isNotBlank().doesNotContain("\n");
  }

  private static Hook.Output ignoring() {
    return (text, error) -> {};
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException nobodyDoesThat) {
      throw new IllegalStateException(nobodyDoesThat);
    }
  }

  /** Keeps what a hook says. Safe for many threads. */
  private static final class Heard implements Hook.Output {
    private static final int ENOUGH = 10_000;

    private final List<String> lines = new ArrayList<>();

    @Override
    public synchronized void line(String text, boolean error) {
      if (lines.size() < ENOUGH) {
        lines.add(text);
      }
    }

    synchronized List<String> lines() {
      return List.copyOf(lines);
    }
  }
}
