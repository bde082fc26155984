package ballot.engine.simulation;

import ballot.api.Lease;
import ballot.api.Term;
import ballot.api.Verdict;
import ballot.engine.core.Answer;
import ballot.engine.core.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store as Consul is one: a session a candidate, which lives for its validity from when the store
 * last heard of it and possibly longer; whoever holds the key leads.
 */
final class LeaseStore implements SimulatedStore {

  private static final long RANK_DELAY = 20 * Dice.MS;

  private final World world;
  private final Setup setup;
  private final Signals signals;
  private final Weather weather;
  private final DriftingClock clock;
  private final List<Session> line = new ArrayList<>();
  private @Nullable Session holder;
  private long term;
  private long unwanted;
  private long index;
  private long freedAt;
  private boolean freedInOrder = true;
  private boolean delayed;
  private long holdOffUntil;
  private long stillUntil;

  private static final class Session {
    final SimulatedCandidate owner;
    long lastHeard;
    boolean alive = true;

    Session(SimulatedCandidate owner) {
      this.owner = owner;
    }
  }

  LeaseStore(World world, Setup setup, Signals signals, Weather weather) {
    this.world = world;
    this.setup = setup;
    this.signals = signals;
    this.weather = weather;
    this.clock = DriftingClock.drawn(world.dice);
  }

  @Override
  public Answer rule(SimulatedCandidate asker, Question question) {
    if (setup.signalsOnQuestions() && !weather.isCalm()) {
      world.tally.count(Fault.SIGNAL_STORM);
      signals.send(asker);
    }
    return switch (question) {
      case Question.Campaign campaign -> new Answer.Ruled(campaign(asker));
      case Question.Renew renew -> new Answer.Ruled(renew(asker, renew.term()));
      case Question.Resign resign -> {
        resign(asker, resign.term());
        yield new Answer.GivenBack();
      }
    };
  }

  private Verdict campaign(SimulatedCandidate asker) {
    Session session = find(asker);
    if (session == null) {
      session = join(asker);
    }
    hear(session);
    if (session == holder) {
      return new Verdict.Elected(lease(), holdOff());
    }
    if (holder != null) {
      return no("held by " + holder.owner.name(), setup.hint());
    }
    long notBefore = freedAt;
    if (delayed) {
      notBefore += setup.lockDelay();
    }
    if (setup.ranked()) {
      notBefore += RANK_DELAY * line.indexOf(session);
    }
    if (world.now() < notBefore) {
      return no("somebody else's turn", notBefore - world.now());
    }
    return win(session);
  }

  private Verdict win(Session session) {
    index += world.dice.between(1, 3);
    term = index;
    holder = session;
    if (!freedInOrder) {
      holdOffUntil = world.now() + Setup.HOLD_OFF;
    }
    world.tally.leaderships++;
    note(session.owner.name() + " wins term " + term);
    return new Verdict.Elected(lease(), freedInOrder ? Duration.ZERO : full());
  }

  /** A winner whose answer was lost is told again, and holds off again, to be sure. */
  private Duration holdOff() {
    return world.now() < holdOffUntil ? full() : Duration.ZERO;
  }

  private static Duration full() {
    return Duration.ofNanos(Setup.HOLD_OFF);
  }

  private Verdict renew(SimulatedCandidate asker, Term renewed) {
    Session session = find(asker);
    if (session == null) {
      return no("the session is gone", 0);
    }
    hear(session);
    if (session == holder && renewed.number() == term) {
      return term == unwanted ? asked() : Verdict.Elected.atOnce(lease());
    }
    return no(holder == null ? "held by nobody" : "held by " + holder.owner.name(), setup.hint());
  }

  private Verdict asked() {
    world.tally.count(Fault.ASKED_TO_STEP_DOWN);
    return Verdict.Elected.askedToStepDown(lease(), "somebody asks");
  }

  private void resign(SimulatedCandidate asker, Term resigned) {
    Session session = find(asker);
    if (session != null && session == holder && resigned.number() == term) {
      line.remove(session);
      line.add(session);
      note(session.owner.name() + " gives term " + term + " back");
      free(true);
    }
  }

  private Lease lease() {
    return new Lease(new Term(term), Duration.ofNanos(setup.validity()));
  }

  private static Verdict no(String because, long hint) {
    return new Verdict.NotElected(Optional.empty(), because, Duration.ofNanos(hint));
  }

  private void free(boolean inOrder) {
    holder = null;
    freedAt = world.now();
    freedInOrder = inOrder;
    delayed = !inOrder;
    signals.sendToAll();
  }

  private @Nullable Session find(SimulatedCandidate candidate) {
    for (Session session : line) {
      if (session.owner == candidate) {
        return session;
      }
    }
    return null;
  }

  private Session join(SimulatedCandidate candidate) {
    Session session = new Session(candidate);
    line.add(session);
    session.lastHeard = clock.shows(world.now());
    watch(session);
    return session;
  }

  private void hear(Session session) {
    session.lastHeard = clock.shows(world.now());
  }

  private void watch(Session session) {
    long extra = setup.latest() == 0 ? 0 : world.dice.between(0, setup.latest());
    long heard = session.lastHeard;
    long due = clock.whenShowing(heard + setup.validity()) + extra;
    world.at(Math.max(due, stillUntil), () -> expire(session, heard));
  }

  private void expire(Session session, long heard) {
    if (!session.alive) {
      return;
    }
    if (session.lastHeard != heard || world.now() < stillUntil) {
      watch(session);
      return;
    }
    drop(session);
    if (session == holder) {
      world.tally.count(Fault.EXPIRED);
      note("the session of " + session.owner.name() + " runs out");
      free(!setup.holdsOffAfterExpiry() && world.now() >= holdOffUntil);
      delayed = true;
    }
  }

  private void drop(Session session) {
    session.alive = false;
    line.remove(session);
  }

  @Override
  public void lose(SimulatedCandidate candidate) {
    // Its session is left to run out.
  }

  @Override
  public void close(SimulatedCandidate candidate) {
    Session session = find(candidate);
    if (session != null && session != holder) {
      drop(session);
    }
  }

  @Override
  public void interfere(boolean withTheSession) {
    Session loser = holder;
    if (loser == null || world.now() < stillUntil) {
      freedInOrder = false;
      return;
    }
    world.tally.count(withTheSession ? Fault.SESSION_DESTROYED : Fault.KEY_DELETED);
    note("somebody ends the leadership of " + loser.owner.name() + " by hand");
    if (withTheSession) {
      drop(loser);
    }
    loser.owner.excuses().loseByHand(term);
    free(false);
    delayed = withTheSession;
  }

  @Override
  public void preempt() {
    unwanted = holder == null ? 0 : term;
    signals.sendToAll();
  }

  @Override
  public void standStill(long until) {
    stillUntil = until;
    if (setup.forgivesAfterOutage()) {
      world.at(until, () -> line.forEach(this::hear));
    }
  }

  private void note(String text) {
    world.trace.mix(world.now());
    if (world.trace.isRecording()) {
      world.trace.note(world.now(), Trace.WORLD, text);
    }
  }
}
