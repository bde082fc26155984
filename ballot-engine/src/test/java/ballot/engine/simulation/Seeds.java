package ballot.engine.simulation;

import ballot.engine.core.Mutant;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Runs many seeds on all processors. The result does not depend on how many there are. */
final class Seeds {

  private final Mutant mutant;
  private final AtomicLong next;
  private final long end;
  private final AtomicLong spent = new AtomicLong();
  private final AtomicLong failed = new AtomicLong(Long.MAX_VALUE);

  private Seeds(Mutant mutant, long first, long count) {
    this.mutant = mutant;
    this.next = new AtomicLong(first);
    this.end = first + count;
  }

  /**
   * What came of them.
   *
   * @param tally of all that ran
   * @param failure the lowest seed that violates an invariant
   * @param elapsed how long it took
   * @param spent how much of the processors' time
   */
  record Result(Tally tally, Optional<Long> failure, Duration elapsed, Duration spent) {
    String cost() {
      return "%d seeds in %.1f s, with %.1f s of processor time"
          .formatted(tally.seeds, elapsed.toMillis() / 1e3, spent.toMillis() / 1e3);
    }
  }

  static Result run(Mutant mutant, long first, long count) throws InterruptedException {
    return new Seeds(mutant, first, count).run();
  }

  private Result run() throws InterruptedException {
    long began = System.nanoTime();
    int processors = Runtime.getRuntime().availableProcessors();
    List<Callable<Tally>> workers = new ArrayList<>();
    for (int i = 0; i < processors; i++) {
      workers.add(this::work);
    }
    Tally all = new Tally();
    try (ExecutorService threads = Executors.newFixedThreadPool(processors)) {
      for (Future<Tally> tally : threads.invokeAll(workers)) {
        all.add(tally.get());
      }
    } catch (ExecutionException fault) {
      throw new IllegalStateException("the simulator itself failed", fault.getCause());
    }
    return new Result(
        all,
        failed.get() == Long.MAX_VALUE ? Optional.empty() : Optional.of(failed.get()),
        Duration.ofNanos(System.nanoTime() - began),
        Duration.ofNanos(spent.get()));
  }

  private Tally work() {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Tally tally = workThrough();
    spent.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
    return tally;
  }

  private Tally workThrough() {
    Tally tally = new Tally();
    for (long seed = next.getAndIncrement();
        seed < end && seed < failed.get();
        seed = next.getAndIncrement()) {
      try {
        Simulation.run(seed, mutant, tally, new Trace(false));
      } catch (Violation violation) {
        failed.accumulateAndGet(seed, Math::min);
      } catch (RuntimeException fault) {
        throw new IllegalStateException("seed " + seed, fault);
      }
    }
    return tally;
  }

  /** How often each invariant is the first to be violated. */
  static Map<String, Integer> survey(Mutant mutant, long count) {
    Map<String, Integer> catches = new TreeMap<>();
    for (long seed = 1; seed <= count; seed++) {
      try {
        Simulation.run(seed, mutant, new Tally(), new Trace(false));
      } catch (Violation violation) {
        catches.merge(violation.invariant(), 1, Integer::sum);
      }
    }
    return catches;
  }

  /** Runs a seed again and tells what happened, for a person. */
  static String replay(long seed, Mutant mutant, int lines) {
    Trace trace = new Trace(true);
    try {
      Simulation.run(seed, mutant, new Tally(), trace);
      return "seed " + seed + " violates nothing";
    } catch (Violation violation) {
      List<String> names = violation.involved().stream().map(SimulatedCandidate::name).toList();
      return """
      seed %d of %s violates %s

      %s

      To run it again: -Dballot.seed=%d -Dballot.mutant=%s\
      """
          .formatted(
              seed,
              mutant,
              violation.getMessage(),
              String.join("\n", trace.last(lines, names)),
              seed,
              mutant);
    }
  }
}
