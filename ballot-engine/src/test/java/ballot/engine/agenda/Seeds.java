package ballot.engine.agenda;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   */
  record Result(Tally tally, Optional<Long> failure, Duration elapsed) {}

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
    Optional<Long> failure = Optional.of(failed.get()).filter(seed -> seed < Long.MAX_VALUE);
    return new Result(all, failure, Duration.ofNanos(System.nanoTime() - began));
  }

  private Tally work() {
    Tally tally = new Tally();
    for (long seed = next.getAndIncrement();
        seed < end && seed < failed.get();
        seed = next.getAndIncrement()) {
      try {
        Play.run(seed, mutant, tally, null);
      } catch (Violation violation) {
        failed.accumulateAndGet(seed, Math::min);
      } catch (RuntimeException fault) {
        throw new IllegalStateException("seed " + seed, fault);
      }
    }
    return tally;
  }

  /** Runs a seed again and tells what happened, for a person. */
  static String replay(long seed, Mutant mutant, int lines) {
    List<String> story = new ArrayList<>();
    String end = "violates nothing";
    try {
      Play.run(seed, mutant, new Tally(), story);
    } catch (Violation violation) {
      end = "violates: " + violation.getMessage();
    }
    List<String> latest = story.subList(Math.max(0, story.size() - lines), story.size());
    return """
    seed %d of %s %s

    %s

    To run it again: -Dballot.seed=%d -Dballot.mutant=%s\
    """
        .formatted(seed, mutant, end, String.join("\n", latest), seed, mutant);
  }
}
