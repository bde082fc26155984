package ballot.zookeeper;

import ballot.api.Candidacy;
import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.Lease;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import ballot.testkit.Await;
import ballot.testkit.Contender;
import ballot.testkit.Signals;
import ballot.zookeeper.foreign.Witness;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Stands through the SPI for as long as it lives, as the engine does: asks, waits for signals,
 * renews after a third of a lease, and stops its work before the lease is over. Its work is an
 * entry in the book of a witness.
 */
final class Campaigner implements AutoCloseable {

  private static final Duration BUDGET = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(100);

  /** What is kept of a lease for the work to stop, on a machine that is busy with other things. */
  private static final int MARGIN_PART = 5;

  private final String id;
  private final Witness witness;
  private final Signals signals = new Signals();
  private final Candidacy candidacy;
  private final AtomicBoolean giveWay = new AtomicBoolean();
  private final List<Tenure> tenures = new CopyOnWriteArrayList<>();
  private final List<StoreException> failures = new CopyOnWriteArrayList<>();
  private final Thread thread;

  private volatile boolean leaving;
  private volatile boolean working;
  private volatile long startedAt;
  private volatile long stoppedAt;
  private volatile @Nullable Verdict last;
  private volatile @Nullable Throwable broken;

  /**
   * Work of a leader.
   *
   * @param startedAt by {@link System#nanoTime}
   */
  record Tenure(Term term, long startedAt) {}

  Campaigner(ElectionStore store, ElectionName election, String id, Witness witness) {
    this.id = id;
    this.witness = witness;
    this.candidacy = store.stand(election, Contender.candidate(id), signals);
    this.thread = Thread.ofPlatform().daemon(true).name("campaigner-" + id).start(this::live);
  }

  String id() {
    return id;
  }

  boolean isWorking() {
    return working;
  }

  /** Whether it waits behind somebody. */
  boolean isWaiting() {
    return last instanceof NotElected;
  }

  /** When its work started last, by {@link System#nanoTime}. */
  long startedAt() {
    return startedAt;
  }

  /** When its work stopped last, just before it gave way or ran out of proof. */
  long stoppedAt() {
    return stoppedAt;
  }

  /** Every time that it worked, in that order. */
  List<Tenure> tenures() {
    return List.copyOf(tenures);
  }

  /** The terms in which it worked, in that order. */
  List<Term> terms() {
    return tenures.stream().map(Tenure::term).toList();
  }

  /** The questions that were not answered. */
  List<StoreException> failures() {
    return List.copyOf(failures);
  }

  /** What went wrong with the campaigner itself, or with the backend. */
  @Nullable Throwable broken() {
    return broken;
  }

  /** Ends its work, resigns, and stands again. */
  void giveWay() {
    giveWay.set(true);
    signals.lookAgain();
  }

  /** Asks once more without any cause, and waits until it has. */
  void looksAgain() {
    Verdict before = last;
    signals.lookAgain();
    Await.until(id + " has looked", Duration.ofSeconds(10), () -> last != before);
  }

  private void live() {
    try {
      while (!leaving) {
        stand();
      }
    } catch (InterruptedException interrupted) {
      // that is how it ends
    } catch (RuntimeException | Error failure) {
      broken = failure;
    } finally {
      stopWork();
    }
  }

  private void stand() throws InterruptedException {
    long asked = System.nanoTime();
    try {
      Verdict verdict = candidacy.campaign(BUDGET);
      last = verdict;
      switch (verdict) {
        case Elected elected -> lead(elected, asked);
        case NotElected refused -> signals.await(refused.lookAgainIn());
      }
    } catch (StoreException failure) {
      failures.add(failure);
      signals.await(AFTER_FAILURE);
    }
  }

  private static long stopAt(Lease lease, long asked) {
    long nanos = lease.validFor().toNanos();
    return asked + nanos - nanos / MARGIN_PART;
  }

  private void lead(Elected won, long asked) throws InterruptedException {
    Lease lease = won.lease();
    TimeUnit.NANOSECONDS.sleep(won.holdOff().toNanos());
    if (stopAt(lease, asked) > System.nanoTime()) {
      startWork(lease.term());
      work(lease, asked);
      stopWork();
    }
    giveWay.set(false);
    resign(lease.term());
  }

  /** Returns when it is to stop: told so, lost, or without proof. */
  private void work(Lease won, long askedFirst) throws InterruptedException {
    Lease lease = won;
    long asked = askedFirst;
    Duration pause = won.validFor().dividedBy(3);
    while (!leaving) {
      signals.await(pause);
      long now = System.nanoTime();
      long left = stopAt(lease, asked) - now;
      if (giveWay.get() || left <= 0) {
        return;
      }
      try {
        Duration budget = Duration.ofNanos(Math.min(left, BUDGET.toNanos()));
        switch (candidacy.renew(lease.term(), budget)) {
          case Elected elected -> {
            lease = elected.lease();
            asked = now;
            pause = lease.validFor().dividedBy(3);
            witness.beats(id);
          }
          case NotElected over -> {
            last = over;
            return;
          }
        }
      } catch (StoreException failure) {
        failures.add(failure);
        pause = AFTER_FAILURE;
      }
    }
  }

  private void resign(Term term) throws InterruptedException {
    for (int attempt = 0; attempt < 20 && !leaving; attempt++) {
      try {
        candidacy.resign(term, BUDGET);
        return;
      } catch (StoreException failure) {
        failures.add(failure);
        signals.await(AFTER_FAILURE);
      }
    }
  }

  private void startWork(Term term) {
    startedAt = System.nanoTime();
    tenures.add(new Tenure(term, startedAt));
    working = true;
    witness.beats(id);
    witness.starts(id);
  }

  private void stopWork() {
    if (working) {
      witness.stops(id);
      working = false;
      stoppedAt = System.nanoTime();
    }
  }

  /** Leaves without resigning; its work is ended. */
  @Override
  public void close() {
    leaving = true;
    candidacy.close();
    signals.lookAgain();
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return id + " " + (working ? "leads" : "" + last) + " " + failures + " " + broken;
  }
}
