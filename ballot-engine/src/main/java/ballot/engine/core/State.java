package ballot.engine.core;

import ballot.api.Term;
import java.util.Optional;
import java.util.OptionalLong;

/** Where a candidate is in its election. Each state holds only what it needs. */
public sealed interface State {

  /**
   * When this state wants to be looked at again, if nothing happens before.
   *
   * @param asking whether a question is under way: until its answer there is nothing to ask
   */
  Moment wakeAt(boolean asking);

  /**
   * Wants to lead.
   *
   * @param askAt when to ask next
   * @param notBefore a signal does not make it ask earlier than this
   * @param giveUpAt when to stop waiting
   * @param leaving set when only an open question keeps it from leaving
   */
  record Standing(Moment askAt, Moment notBefore, Moment giveUpAt, Optional<Leaving> leaving)
      implements State {

    /** Asks at a moment, and as early as that if signalled. */
    static Standing from(Moment askAt, Moment giveUpAt) {
      return new Standing(askAt, askAt, giveUpAt, Optional.empty());
    }

    /** Asks at a moment, unless it wants to ask before. */
    Standing askingBy(Moment moment) {
      return askingAt(Moment.earlier(moment, askAt));
    }

    /** Whether it wants to ask at all. */
    boolean asks() {
      return !askAt.equals(Moment.NEVER);
    }

    Standing askingAt(Moment moment) {
      return new Standing(Moment.later(moment, notBefore), notBefore, giveUpAt, leaving);
    }

    @Override
    public Moment wakeAt(boolean asking) {
      if (leaving.isPresent()) {
        return leaving.get().latest();
      }
      return asking ? Moment.NEVER : Moment.earlier(askAt, giveUpAt);
    }
  }

  /**
   * Leads.
   *
   * @param askAt when to renew next
   * @param startAt when to start the work, if none is running
   * @param run the work that is running
   * @param keeps whether running work goes on without proof of leadership
   * @param overran whether the running work's time was up once before the proof came that prolonged
   *     it: its guard may have ended it
   */
  record Leading(
      Term term,
      Deadlines deadlines,
      Moment askAt,
      Moment startAt,
      OptionalLong run,
      boolean keeps,
      boolean overran)
      implements State {

    /** When to give up on this leadership unless it is renewed. */
    Moment stopAt() {
      return keeps && run.isPresent() ? Moment.NEVER : deadlines.stopAt();
    }

    /** When the guard ends the work unless told otherwise. */
    Moment killAt() {
      return keeps ? Moment.NEVER : deadlines.killAt();
    }

    /** Whether the guard may have ended the work, although nobody told it to. */
    boolean isOverrun(Moment now) {
      return overran || killAt().isReached(now);
    }

    Leading askingAt(Moment moment) {
      return new Leading(term, deadlines, moment, startAt, run, keeps, overran);
    }

    Leading holding(Deadlines newer, Moment now) {
      return new Leading(
          term, newer, newer.renewAt(), startAt, run, keeps, run.isPresent() && isOverrun(now));
    }

    Leading running(long number) {
      return new Leading(term, deadlines, askAt, startAt, OptionalLong.of(number), keeps, false);
    }

    Leading startingAt(Moment moment) {
      return new Leading(term, deadlines, askAt, moment, OptionalLong.empty(), keeps, false);
    }

    @Override
    public Moment wakeAt(boolean asking) {
      Moment next = asking ? stopAt() : Moment.earlier(askAt, stopAt());
      return run.isPresent() ? next : Moment.earlier(next, startAt);
    }
  }

  /**
   * Has led; the work is being ended.
   *
   * @param term empty when the work ran without leadership
   * @param endless whether a lease that runs out does not end the work any sooner: it runs without
   *     proof, as asked
   * @param askAt when to renew next: the lease is kept while the work ends
   * @param politeUntil when the work is killed at the latest, if the lease allows so much
   * @param killed whether it was
   * @param worryAt when to tell that it survived that
   * @param lost whether leadership is gone for certain
   */
  record SteppingDown(
      Optional<Term> term,
      Deadlines deadlines,
      boolean endless,
      Moment askAt,
      long run,
      Moment politeUntil,
      boolean killed,
      Moment worryAt,
      boolean lost,
      Next next)
      implements State {

    /** Begins to end work, which has not been killed yet. */
    static SteppingDown from(
        Optional<Term> term,
        Deadlines deadlines,
        boolean endless,
        Moment askAt,
        long run,
        Moment politeUntil,
        boolean lost,
        Next next) {
      return new SteppingDown(
          term,
          endless ? deadlines.withoutEnd() : deadlines,
          endless,
          askAt,
          run,
          politeUntil,
          false,
          Moment.NEVER,
          lost,
          next);
    }

    /** When to kill. */
    Moment killAt() {
      return Moment.earlier(politeUntil, deadlines.killAt());
    }

    /** Whether there is a leadership to keep until the work is gone. */
    boolean holds() {
      return term.isPresent() && !lost;
    }

    SteppingDown askingAt(Moment moment) {
      return with(term, deadlines, moment, killed, worryAt, lost, next);
    }

    SteppingDown holding(Term proven, Deadlines newer) {
      Deadlines kept = endless ? newer.withoutEnd() : newer;
      return with(Optional.of(proven), kept, kept.renewAt(), killed, worryAt, lost, next);
    }

    SteppingDown havingLost(Deadlines sooner) {
      Deadlines kept = endless ? deadlines : sooner;
      return with(term, kept, Moment.NEVER, killed, worryAt, true, next);
    }

    SteppingDown killing(Moment worry) {
      return with(term, deadlines, askAt, true, worry, lost, next);
    }

    SteppingDown worried() {
      return with(term, deadlines, askAt, killed, Moment.NEVER, lost, next);
    }

    SteppingDown before(Next then) {
      return with(term, deadlines, askAt, killed, worryAt, lost, then);
    }

    private SteppingDown with(
        Optional<Term> newTerm,
        Deadlines newDeadlines,
        Moment newAskAt,
        boolean nowKilled,
        Moment newWorryAt,
        boolean nowLost,
        Next newNext) {
      return new SteppingDown(
          newTerm,
          newDeadlines,
          endless,
          newAskAt,
          run,
          politeUntil,
          nowKilled,
          newWorryAt,
          nowLost,
          newNext);
    }

    @Override
    public Moment wakeAt(boolean asking) {
      Moment next = killed ? worryAt : killAt();
      return holds() && !asking ? Moment.earlier(next, askAt) : next;
    }
  }

  /**
   * The work is gone; leadership is being given back.
   *
   * @param askAt when to ask next
   * @param noUseAfter when to stop trying
   */
  record Resigning(Term term, Moment askAt, Moment noUseAfter, Next next) implements State {

    Resigning askingAt(Moment moment) {
      return new Resigning(term, moment, noUseAfter, next);
    }

    @Override
    public Moment wakeAt(boolean asking) {
      return asking ? noUseAfter : Moment.earlier(askAt, noUseAfter);
    }
  }

  /**
   * Works without leadership, and stands meanwhile.
   *
   * @param askAt when to ask next
   * @param startAt when to start the work, if none is running
   * @param unwanted a term that was won and cannot be used: it is given back before anything else
   * @param storeAnswers whether the store has been heard since
   */
  record Caretaking(
      Moment askAt, Moment startAt, OptionalLong run, Optional<Term> unwanted, boolean storeAnswers)
      implements State {

    Caretaking askingAt(Moment moment) {
      return new Caretaking(moment, startAt, run, unwanted, storeAnswers);
    }

    Caretaking hearing() {
      return new Caretaking(askAt, startAt, run, unwanted, true);
    }

    Caretaking running(long number) {
      return new Caretaking(askAt, startAt, OptionalLong.of(number), unwanted, storeAnswers);
    }

    Caretaking givingBack(Optional<Term> term) {
      return new Caretaking(askAt, startAt, run, term, storeAnswers);
    }

    Caretaking startingAt(Moment moment) {
      return new Caretaking(askAt, moment, OptionalLong.empty(), unwanted, storeAnswers);
    }

    @Override
    public Moment wakeAt(boolean asking) {
      Moment ask = asking ? Moment.NEVER : askAt;
      return run.isPresent() ? ask : Moment.earlier(ask, startAt);
    }
  }

  /** Has left. */
  record Retired(int status) implements State {

    @Override
    public Moment wakeAt(boolean asking) {
      return Moment.NEVER;
    }
  }

  /**
   * On the way out.
   *
   * @param status the exit status
   * @param latest when to go even without an answer
   */
  record Leaving(int status, Moment latest) {}

  /** What comes after stepping down and resigning. */
  sealed interface Next {

    /** Stand again, not before a moment. */
    record StandAgain(Moment notBefore) implements Next {}

    /** Leave with this status. */
    record Leave(int status) implements Next {}

    /** Leave with the status of the work that is being ended. */
    record LeaveWithWork() implements Next {}
  }
}
