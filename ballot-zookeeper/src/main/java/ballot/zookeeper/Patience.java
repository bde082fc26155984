package ballot.zookeeper;

import ballot.api.Durations;
import ballot.api.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How long a question may still take, and how another thread ends it sooner. */
final class Patience {

  private static final Duration LONGEST = Duration.ofDays(1);

  private final Duration budget;
  private final long endsAt;
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

  private Patience(Duration budget) {
    this.budget = budget;
    this.endsAt = System.nanoTime() + budget.toNanos();
  }

  /** From now on. */
  static Patience of(Duration budget) {
    return new Patience(budget.compareTo(LONGEST) > 0 ? LONGEST : budget);
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, endsAt - System.nanoTime()));
  }

  /** Ends the question; from any thread, also when it has ended already. */
  void end() {
    ended.complete(true);
  }

  /**
   * Waits for a reply.
   *
   * @param attempt what was attempted, on what, for the message
   * @throws UnavailableException when time is over, the question was ended, or the thread is
   *     interrupted, whose flag is then set
   */
  <T> T await(CompletableFuture<T> reply, String attempt) throws UnavailableException {
    // Completed when this wait is over, or the reply would remember it for as long as it is out: a
    // session that does not come is waited for again and again.
    CompletableFuture<Boolean> over = new CompletableFuture<>();
    try {
      var unused =
          CompletableFuture.anyOf(reply, ended, over)
              .get(Math.max(0, endsAt - System.nanoTime()), TimeUnit.NANOSECONDS);
      if (!reply.isDone()) {
        throw new UnavailableException(attempt + ": closed meanwhile");
      }
      return reply.join();
    } catch (TimeoutException late) {
      throw new UnavailableException(
          attempt + ": no answer within " + Durations.format(rounded(budget)));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UnavailableException(attempt + ": interrupted");
    } catch (ExecutionException fault) {
      throw new UnavailableException(attempt + ": " + fault.getMessage(), fault);
    } finally {
      over.complete(true);
    }
  }

  private static Duration rounded(Duration time) {
    return Duration.ofMillis(Math.max(1, time.toMillis()));
  }
}
