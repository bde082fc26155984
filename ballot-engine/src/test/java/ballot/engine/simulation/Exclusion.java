package ballot.engine.simulation;

import ballot.api.Term;
import ballot.engine.core.Moment;
import ballot.engine.core.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches the works themselves, with true time at hand: I1 no overlap, I2 nothing runs too long, I3
 * terms never go back, I4 nothing is given back while work runs.
 *
 * <p>Work that runs without a term is under no promise; so is work that an operator keeps running
 * without proof, from when the proof is over.
 */
final class Exclusion {

  private final World world;
  private final List<SimulatedWork> running = new ArrayList<>();
  private final Set<Long> givenBack = new HashSet<>();
  private long highestStarted;

  Exclusion(World world) {
    this.world = world;
  }

  /** Work's first instruction. */
  void workBegan(SimulatedWork work) {
    Term term = work.term();
    if (term != null) {
      cover(work, term);
    }
  }

  private void cover(SimulatedWork work, Term term) {
    SimulatedCandidate owner = work.owner();
    if (isOverdue(work, term)) {
      if (owner.conduct().keepsWithoutProof()) {
        release(work);
        return;
      }
      throw new Violation("I2", owner.name() + " works when its lease is over", owner);
    }
    List.copyOf(running).forEach(other -> compare(other, work));
    if (givenBack.contains(term.number())) {
      throw new Violation("I3", owner.name() + " works under a term given back, " + term, owner);
    }
    if (term.number() < highestStarted && !isUnnoticed(work)) {
      throw new Violation(
          "I3", owner.name() + " works under " + term + " after " + highestStarted, owner);
    }
    highestStarted = Math.max(highestStarted, term.number());
    running.add(work);
  }

  private void compare(SimulatedWork earlier, SimulatedWork later) {
    if (earlier.owner() == later.owner() || isOutOfPromise(earlier) || isUnnoticed(later)) {
      return;
    }
    throw new Violation(
        "I1",
        "%s works under %s while %s still works under %s"
            .formatted(later.owner().name(), later.term(), earlier.owner().name(), earlier.term()),
        earlier.owner(),
        later.owner());
  }

  /** Whether it was said beforehand that this work may overlap. */
  private boolean isOutOfPromise(SimulatedWork work) {
    Term term = work.term();
    if (term == null) {
      return true;
    }
    if (isUnnoticed(work)) {
      world.tally.count(Fault.UNNOTICED_LOSS);
      return true;
    }
    boolean isOver = isOverdue(work, term) || work.owner().excuses().hasLostByHand(term.number());
    if (work.owner().conduct().keepsWithoutProof()) {
      return isOver;
    }
    if (work.isStuck() && isOver) {
      world.tally.count(Fault.UNKILLABLE_OVERLAP);
      return true;
    }
    return false;
  }

  /** Leadership was ended by hand, and its holder was in no position to notice in time. */
  private static boolean isUnnoticed(SimulatedWork work) {
    Term term = work.term();
    return term != null && work.owner().excuses().couldNotNoticeLossOf(term.number());
  }

  private static boolean isOverdue(SimulatedWork work, Term term) {
    SimulatedCandidate owner = work.owner();
    return owner.conduct().proof().quietBy(term.number()).compareTo(owner.clockNow()) < 0;
  }

  /** Nothing of the work is left. */
  void workGone(SimulatedWork work) {
    running.remove(work);
    checkTime(work);
  }

  private static void checkTime(SimulatedWork work) {
    Term term = work.term();
    SimulatedCandidate owner = work.owner();
    if (term == null || owner.conduct().keepsWithoutProof() || work.isStuck()) {
      return;
    }
    if (work.hasBegun() && isOverdue(work, term)) {
      throw new Violation(
          "I2", owner.name() + " works under " + term + overtime(work, term), owner);
    }
  }

  private static String overtime(SimulatedWork work, Term term) {
    Moment end = work.owner().conduct().proof().quietBy(term.number());
    double millis = (work.owner().clockNow().nanos() - (double) end.nanos()) / Dice.MS;
    return end.nanos() == Long.MIN_VALUE
        ? ", which it has no proof of"
        : String.format(Locale.ROOT, " %.3f ms longer than it may", millis);
  }

  /** A term is being given back. */
  void giveBack(SimulatedCandidate candidate, long term) {
    SimulatedWork work = candidate.work();
    if (work != null && !work.isGone() && isUnder(work.term(), term)) {
      throw new Violation("I4", candidate.name() + " gives back a term it works under", candidate);
    }
    givenBack.add(term);
  }

  private static boolean isUnder(@Nullable Term term, long number) {
    return term != null && term.number() == number;
  }

  /**
   * Work that ran without a term comes under one when its candidate is elected, and the reverse.
   */
  void sees(SimulatedCandidate candidate, State before, State after) {
    SimulatedWork work = candidate.work();
    if (work == null || before.getClass() == after.getClass()) {
      return;
    }
    if (after instanceof State.Caretaking) {
      release(work);
    } else if (before instanceof State.Caretaking
        && after instanceof State.Leading leading
        && leading.run().isPresent()) {
      release(work);
      Moment from = Moment.later(leading.startAt(), candidate.clockNow());
      world.at(
          candidate.clock().whenShowing(from.nanos()),
          () -> adopt(candidate, leading.term(), work));
    }
  }

  private void release(SimulatedWork work) {
    work.leaveTerm();
    running.remove(work);
  }

  private void adopt(SimulatedCandidate candidate, Term term, SimulatedWork work) {
    if (candidate.state() instanceof State.Leading leading
        && leading.term().equals(term)
        && work.isRunning()
        && candidate.work() == work
        && (work.isGuarded() || candidate.conduct().keepsWithoutProof())
        && !isOverdue(work, term)) {
      work.comeUnder(term);
      cover(work, term);
    }
  }

  /** At the end of time: what still runs is not overdue. */
  void close() {
    running.forEach(Exclusion::checkTime);
  }
}
