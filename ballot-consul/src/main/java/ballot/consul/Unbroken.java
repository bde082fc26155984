package ballot.consul;

import ballot.api.StoreException;
import ballot.api.Threads;
import ballot.api.UnavailableException;
import java.io.InterruptedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls that go on to their end on a thread of their own when whoever asked for one gives up. Used
 * by one asker at a time; whether the last one has ended may be awaited by any thread.
 */
final class Unbroken {

  private final String name;
  private volatile @Nullable CompletableFuture<Answer> last;

  Unbroken(String name) {
    this.name = name;
  }

  /** What is called. */
  interface Calling {
    Answer call() throws StoreException;
  }

  /** The answer, if it comes before the patience is over or this thread is interrupted. */
  Answer run(Calling calling, Patience patience) throws StoreException {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    last = answer;
    Threads.daemon(name, () -> complete(answer, calling)).start();
    CompletableFuture<Answer> heard = answer.copy();
    try {
      patience.engage(() -> heard.cancel(false));
      return heard.get(Math.max(patience.nanosLeft(), 0), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof StoreException failure) {
        throw failure;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("could not register a check: interrupted", interrupted);
    } catch (InterruptedIOException | TimeoutException | CancellationException over) {
      throw new UnavailableException("could not register a check: no answer in time", over);
    } finally {
      patience.disengage();
    }
  }

  private static void complete(CompletableFuture<Answer> answer, Calling calling) {
    try {
      answer.complete(calling.call());
    } catch (StoreException | RuntimeException failure) {
      answer.completeExceptionally(failure);
    }
  }

  /** Whether the last call has not ended yet; any thread. */
  boolean isUnderWay() {
    CompletableFuture<Answer> begun = last;
    return begun != null && !begun.isDone();
  }

  /** Waits for the call that is under way, at most as long as the patience lasts. */
  void await(Patience patience) {
    CompletableFuture<Answer> underWay = last;
    if (underWay == null) {
      return;
    }
    try {
      var unused = underWay.get(Math.max(patience.nanosLeft(), 0), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException noAnswer) {
      // then it is taken back on the chance that it arrived
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
