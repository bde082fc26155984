package ballot.testkit;

import ballot.api.Candidacy;
import ballot.api.Candidate;
import ballot.api.ChangeSignal;
import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.Ledger;
import ballot.api.Roster;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A participant of the elections in memory, whose line to the server can be cut. */
final class MemoryStore implements ElectionStore, Participant {

  private static final long WAY_NANOS = 500_000;

  private final MemoryServer server;
  private final AtomicBoolean isCut = new AtomicBoolean();
  private final AtomicBoolean isClosed = new AtomicBoolean();

  MemoryStore(MemoryServer server) {
    this.server = server;
  }

  @Override
  public ElectionStore store() {
    return this;
  }

  @Override
  public void fallSilent() {
    // nothing is asked in the background
  }

  @Override
  public void cutOff() {
    isCut.set(true);
  }

  @Override
  public void reconnect() {
    isCut.set(false);
  }

  @Override
  public Duration nominalValidity() {
    return MemoryServer.VALIDITY;
  }

  @Override
  public Roster observe(ElectionName election, Duration budget) throws UnavailableException {
    MemoryServer.Member onlooker =
        new MemoryServer.Member(Contender.candidate("onlooker"), () -> {});
    return ask(
        budget,
        () -> false,
        () -> server.observe(election, onlooker),
        () -> {},
        new Roster(Optional.empty(), List.of(), List.of()));
  }

  @Override
  public Ledger.Page readLedger(ElectionName election, String name, Duration budget)
      throws UnavailableException {
    return ask(
        budget, () -> false, () -> server.readLedger(election, name), () -> {}, Ledger.Page.BLANK);
  }

  @Override
  public Candidacy stand(ElectionName election, Candidate candidate, ChangeSignal signal) {
    return new Standing(election, new MemoryServer.Member(candidate, signal::lookAgain));
  }

  @Override
  public void close() {
    isClosed.set(true);
  }

  /** The way there, the answer, and the way back, on which an interrupt loses it. */
  <T> T ask(Duration budget, BooleanSupplier left, Supplier<T> question, Runnable lost, T guess)
      throws UnavailableException {
    boolean swallows = server.is(Flaw.SWALLOWS_INTERRUPTS);
    long end =
        System.nanoTime()
            + budget.toNanos() * (server.is(Flaw.WAITS_LONGER_THAN_THE_BUDGET) ? 8 : 1);
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted(swallows);
    }
    while (isCut.get() && !isOver(left) && !Thread.currentThread().isInterrupted()) {
      if (server.is(Flaw.GUESSES_WHEN_THERE_IS_NO_ANSWER)) {
        return guess;
      }
      if (System.nanoTime() - end > 0) {
        throw new UnavailableException("no answer");
      }
      LockSupport.parkNanos(WAY_NANOS);
    }
    if (isOver(left) && !server.is(Flaw.ANSWERS_AFTER_CLOSING)) {
      throw new UnavailableException("closed");
    }
    if (isCut.get()) {
      throw interrupted(swallows);
    }
    T answer = question.get();
    LockSupport.parkNanos(WAY_NANOS);
    if (Thread.currentThread().isInterrupted()) {
      if (server.is(Flaw.LOSES_WHAT_IT_DID_WHEN_INTERRUPTED)) {
        lost.run();
      }
      throw interrupted(swallows);
    }
    return answer;
  }

  private boolean isOver(BooleanSupplier left) {
    return isClosed.get() || left.getAsBoolean();
  }

  private static UnavailableException interrupted(boolean swallows) {
    if (swallows) {
      Thread.interrupted();
    }
    return new UnavailableException("interrupted");
  }

  private final class Standing implements Candidacy {

    private final ElectionName election;
    private final MemoryServer.Member member;
    private final AtomicBoolean hasLeft = new AtomicBoolean();

    Standing(ElectionName election, MemoryServer.Member member) {
      this.election = election;
      this.member = member;
    }

    private Verdict verdict(Duration budget, Supplier<Verdict> question)
        throws UnavailableException {
      return ask(
          budget,
          hasLeft::get,
          question,
          () -> server.forget(election, member),
          Verdict.NotElected.heldBy(null));
    }

    @Override
    public Verdict campaign(Duration budget) throws UnavailableException {
      return verdict(budget, () -> server.campaign(election, member));
    }

    @Override
    public Verdict renew(Term term, Duration budget) throws UnavailableException {
      return verdict(budget, () -> server.renew(election, member, term));
    }

    @Override
    public void resign(Term term, Duration budget) throws UnavailableException {
      verdict(
          budget,
          () -> {
            server.resign(election, member, term);
            return Verdict.NotElected.heldBy(null);
          });
    }

    @Override
    public Optional<Ledger> ledger(String name) {
      return Optional.of(
          new MemoryLedger(
              MemoryStore.this, server, election, member, hasLeft::get, Ledger.name(name)));
    }

    @Override
    public void close() {
      if (hasLeft.getAndSet(true)) {
        if (server.is(Flaw.FAILS_WHEN_CLOSED_TWICE)) {
          throw new IllegalStateException("closed already");
        }
        return;
      }
      server.leave(election, member);
    }
  }
}
