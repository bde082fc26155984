package ballot.testkit;

import ballot.api.Candidacy;
import ballot.api.Candidate;
import ballot.api.ElectionName;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * A candidate in a test: asks, and fails the test when the answer is not the one expected.
 *
 * <p>Used by one thread, but for {@link #close}.
 */
public final class Contender implements AutoCloseable {

  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(20);

  private final Participant participant;
  private final Candidate candidate;
  private final Candidacy candidacy;
  private final Signals signals = new Signals();
  private final Duration budget;

  /** Stands, in the store of a participant. */
  public Contender(Participant participant, ElectionName election, String id, Duration budget) {
    this.participant = participant;
    this.budget = budget;
    this.candidate = candidate(id);
    this.candidacy = participant.store().stand(election, candidate, signals);
  }

  /** How somebody of that name introduces itself. */
  public static Candidate candidate(String id) {
    return new Candidate(id, "test-host", ProcessHandle.current().pid(), Instant.now());
  }

  /** Who takes part. */
  public Participant participant() {
    return participant;
  }

  /** How it introduced itself. */
  public Candidate candidate() {
    return candidate;
  }

  /** The candidacy itself, to ask it directly. */
  public Candidacy candidacy() {
    return candidacy;
  }

  /** The signals that have come. */
  public Signals signals() {
    return signals;
  }

  /** Asks once. */
  public Verdict campaign() throws StoreException {
    return candidacy.campaign(budget);
  }

  /** Asks once, and must be elected. */
  public Elected winsAtOnce() throws StoreException {
    return elected("win", campaign());
  }

  /** Asks until it is elected, at every signal and in between. */
  public Elected winsWithin(Duration bound) throws StoreException {
    long start = System.nanoTime();
    while (true) {
      switch (campaign()) {
        case Elected elected -> {
          return elected;
        }
        case NotElected refused -> {
          Duration waited = Duration.ofNanos(System.nanoTime() - start);
          if (waited.compareTo(bound) > 0) {
            throw new AssertionError(this + " did not win within " + bound + ": " + refused);
          }
          pause(refused.lookAgainIn());
        }
      }
    }
  }

  /** Waits out the hold-off of an answer: from then on this leader's work may run. */
  public Elected holdsOff(Elected elected) {
    long end = System.nanoTime() + elected.holdOff().toNanos();
    for (long left = 1; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    return elected;
  }

  /** Asks once, and must be refused. */
  public NotElected isRefused() throws StoreException {
    return refused("to lead", campaign());
  }

  /** Renews, and must keep the term. */
  public Elected keeps(Term term) throws StoreException {
    Elected elected = elected("keep term " + term, candidacy.renew(term, budget));
    if (!elected.lease().term().equals(term)) {
      throw new AssertionError(
          this + " renewed term " + term + " and got term " + elected.lease().term());
    }
    return elected;
  }

  /** Renews, and must be told that the leadership of that term is over. */
  public NotElected keepsNoMore(Term term) throws StoreException {
    return refused("to keep term " + term, candidacy.renew(term, budget));
  }

  /** Gives the leadership back. */
  public void resigns(Term term) throws StoreException {
    candidacy.resign(term, budget);
  }

  private Elected elected(String what, Verdict verdict) {
    return switch (verdict) {
      case Elected elected -> elected;
      case NotElected refused ->
          throw new AssertionError(this + " was to " + what + ", and is told " + refused);
    };
  }

  private NotElected refused(String what, Verdict verdict) {
    return switch (verdict) {
      case NotElected refused -> refused;
      case Elected elected ->
          throw new AssertionError(this + " was not " + what + ", and is told " + elected);
    };
  }

  private void pause(Duration lookAgainIn) {
    try {
      signals.await(lookAgainIn.compareTo(BETWEEN_QUESTIONS) < 0 ? lookAgainIn : BETWEEN_QUESTIONS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(this + " was interrupted while waiting", interrupted);
    }
  }

  /** Closes the candidacy, not the participant. */
  @Override
  public void close() {
    candidacy.close();
  }

  @Override
  public String toString() {
    return candidate.id();
  }
}
