package ballot.testkit;

import ballot.api.Hook;
import ballot.api.HookCall;
import ballot.api.HookExecutor;
import ballot.api.HookOutcome;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Hooks that are threads, right except for one flaw: for the test of the contract. */
public final class MemoryHooks implements HookExecutor {

  /** What can be wrong with a kind of hook, and the rule that must find it. */
  enum Flaw {
    NONE(""),
    FAILS_ALWAYS("H1"),
    RUNS_ONCE("H1"),
    SUCCEEDS_ALWAYS("H2"),
    SAYS_NOTHING("H2"),
    HAS_NO_LIMIT("H3"),
    LEAVES_IT_BEHIND("H3"),
    BEGINS_WITHOUT_TIME("H3"),
    HEARS_NO_INTERRUPT("H4"),
    LOSES_THE_FLAG("H4"),
    BEGINS_THOUGH_INTERRUPTED("H4"),
    WAITS_FOR_THE_LISTENER("H5"),
    FORGETS_THE_SESSION("H6"),
    TALKS_ON("H7"),
    TAKES_A_BROKEN_OUTPUT_FOR_SUCCESS("H8"),
    RUNS_ONE_AT_A_TIME("H9"),
    PREPARES_ANYTHING("H10"),
    HAS_NO_SUMMARY("H11");

    private final String rule;

    Flaw(String rule) {
      this.rule = rule;
    }

    String rule() {
      return rule;
    }
  }

  static volatile Flaw flaw = Flaw.NONE;
  static final AtomicInteger AT_WORK = new AtomicInteger();
  static volatile String told = "";

  private static final ReentrantLock ONE = new ReentrantLock();
  private static final long LATE_NANOS = 6_000_000_000L;

  /** For the service loader. */
  public MemoryHooks() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String summary() {
    return flaw == Flaw.HAS_NO_SUMMARY ? "" : "runs a thread";
  }

  @Override
  public boolean claims(String text) {
    return false;
  }

  @Override
  public Hook prepare(String text, Map<String, String> environment) {
    if (flaw != Flaw.PREPARES_ANYTHING
        && !Set.of("succeed", "fail", "hang", "flood", "tell").contains(text)) {
      throw new IllegalArgumentException("unknown");
    }
    AtomicInteger runs = new AtomicInteger();
    return (call, limit, output) -> run(text, runs.getAndIncrement(), call, limit, output);
  }

  private static HookOutcome run(
      String text, int runs, HookCall call, Duration limit, Hook.Output output) {
    boolean interrupted = Thread.currentThread().isInterrupted();
    if (interrupted && flaw != Flaw.BEGINS_THOUGH_INTERRUPTED
        || limit.isNegative() && flaw != Flaw.BEGINS_WITHOUT_TIME) {
      return new HookOutcome(false, "not begun");
    }
    if (flaw == Flaw.RUNS_ONCE && runs > 0 || flaw == Flaw.FAILS_ALWAYS) {
      return new HookOutcome(false, "flawed");
    }
    if (flaw != Flaw.RUNS_ONE_AT_A_TIME) {
      return new Task(text, call, output).within(limit);
    }
    ONE.lock();
    try {
      return new Task(text, call, output).within(limit);
    } finally {
      ONE.unlock();
    }
  }

  /** One run. */
  private static final class Task {
    private final String text;
    private final HookCall call;
    private final Hook.Output output;
    private final ReentrantLock mouth = new ReentrantLock();
    private volatile boolean isOver;
    private volatile boolean isMistaken;

    Task(String text, HookCall call, Hook.Output output) {
      this.text = text;
      this.call = call;
      this.output = output;
    }

    HookOutcome within(Duration limit) {
      AT_WORK.incrementAndGet();
      Thread speaker = Thread.ofVirtual().start(this::speak);
      long end = System.nanoTime() + limit.toNanos();
      boolean interrupted = false;
      boolean ends = text.equals("succeed") || text.equals("fail") || text.equals("tell");
      while (!ends && !interrupted && System.nanoTime() - end < 0) {
        LockSupport.parkNanos(1_000_000);
        interrupted = flaw != Flaw.HEARS_NO_INTERRUPT && Thread.interrupted();
      }
      if (!ends && !interrupted && flaw == Flaw.HAS_NO_LIMIT) {
        LockSupport.parkNanos(LATE_NANOS);
      }
      if (ends || flaw == Flaw.WAITS_FOR_THE_LISTENER) {
        join(speaker, ends ? Duration.ofSeconds(1) : Duration.ofNanos(LATE_NANOS));
      }
      isOver = flaw != Flaw.TALKS_ON;
      if (flaw != Flaw.LEAVES_IT_BEHIND) {
        AT_WORK.decrementAndGet();
      }
      if (interrupted && flaw != Flaw.LOSES_THE_FLAG) {
        Thread.currentThread().interrupt();
      }
      boolean success = flaw == Flaw.SUCCEEDS_ALWAYS || isMistaken || ends && !text.equals("fail");
      return new HookOutcome(success, interrupted ? "interrupted" : "after 400ms");
    }

    private void speak() {
      String all = call.environment().toString();
      told = flaw == Flaw.FORGETS_THE_SESSION ? all.replace(call.session(), "") : all;
      if (text.equals("fail") && flaw != Flaw.SAYS_NOTHING) {
        say("it went wrong");
      }
      while (text.equals("flood") && !isOver && (AT_WORK.get() > 0 || flaw == Flaw.TALKS_ON)) {
        say("more");
      }
    }

    private void say(String line) {
      mouth.lock();
      try {
        if (!isOver) {
          output.line(line, true);
        }
      } catch (IllegalStateException broken) {
        isOver = true;
        isMistaken = flaw == Flaw.TAKES_A_BROKEN_OUTPUT_FOR_SUCCESS;
      } finally {
        mouth.unlock();
      }
    }

    private static void join(Thread thread, Duration atMost) {
      try {
        thread.join(atMost);
      } catch (InterruptedException told) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
