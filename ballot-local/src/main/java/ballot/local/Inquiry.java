package ballot.local;

import ballot.api.StoreException;
import ballot.api.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A question put to the disk by another thread than the one that asks, for two reasons: the disk
 * may hang, and an interrupt that meets a thread inside a file operation closes that file, and with
 * a lock file the lock.
 */
final class Inquiry<T> {

  private final String attempt;
  private final Question<T> question;
  private final ReentrantLock turn;
  private final CompletableFuture<T> answer = new CompletableFuture<>();

  /** What runs on the disk's thread. */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws IOException, StoreException;
  }

  /**
   * A question.
   *
   * @param attempt what is attempted, after "could not"
   * @param turn held while asking, so that of several questions one is asked after the other
   */
  Inquiry(String attempt, ReentrantLock turn, Question<T> question) {
    this.attempt = attempt;
    this.turn = turn;
    this.question = question;
  }

  /** Asks, and waits for the answer within the budget; keeps the interrupt flag. */
  T ask(Executor disk, Duration budget) throws StoreException {
    if (Thread.currentThread().isInterrupted()) {
      throw abandon("interrupted");
    }
    start(disk);
    try {
      return answer.get(budget.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw abandon("interrupted");
    } catch (TimeoutException late) {
      throw abandon("no answer from the disk within " + budget.toMillis() + " ms");
    } catch (ExecutionException failed) {
      throw told(Objects.requireNonNull(failed.getCause()));
    }
  }

  /** Asks without waiting. */
  void start(Executor disk) {
    try {
      disk.execute(this::run);
    } catch (RejectedExecutionException closed) {
      withdraw();
    }
  }

  private void run() {
    turn.lock();
    try {
      // nobody waits for the answer any more, and what was not begun need not take effect
      if (!answer.isDone()) {
        answer.complete(question.ask());
      }
    } catch (IOException | StoreException | RuntimeException failure) {
      answer.completeExceptionally(failure);
    } finally {
      turn.unlock();
    }
  }

  /** Waits until it was asked, whatever the answer; keeps the interrupt flag. */
  void await(Duration bound) {
    long end = System.nanoTime() + bound.toNanos();
    boolean interrupted = false;
    while (!answer.isDone() && System.nanoTime() - end < 0) {
      interrupted |= Thread.interrupted();
      try {
        answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException again) {
        interrupted = true;
      } catch (TimeoutException | ExecutionException over) {
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Gives up a question of which nobody wants to know the answer any more, because all is closed.
   */
  void withdraw() {
    answer.completeExceptionally(new UnavailableException("could not " + attempt + ": closed"));
  }

  private UnavailableException abandon(String why) {
    UnavailableException unavailable =
        new UnavailableException("could not " + attempt + ": " + why);
    answer.completeExceptionally(unavailable);
    return unavailable;
  }

  private StoreException told(Throwable failure) {
    return switch (failure) {
      case StoreException known -> known;
      case IOException disk -> Failures.of(attempt, disk);
      case UncheckedIOException disk ->
          Failures.of(attempt, Objects.requireNonNull(disk.getCause()));
      case RuntimeException ours -> throw ours;
      default -> throw new IllegalStateException(failure);
    };
  }
}
