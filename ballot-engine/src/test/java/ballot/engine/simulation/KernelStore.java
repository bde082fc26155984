package ballot.engine.simulation;

import ballot.api.Lease;
import ballot.api.Term;
import ballot.api.Verdict;
import ballot.engine.core.Answer;
import ballot.engine.core.Question;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store as a kernel's file lock is one: held as long as the holder's process exists, frozen or
 * not. The next one waits until nothing of the last one's work is left.
 */
final class KernelStore implements SimulatedStore {

  private static final long LOOK_FOR_WORK = 10 * Dice.MS;

  private final World world;
  private final Setup setup;
  private final Signals signals;
  private @Nullable SimulatedCandidate holder;
  private @Nullable SimulatedCandidate previous;
  private long term;
  private long unwanted;

  KernelStore(World world, Setup setup, Signals signals) {
    this.world = world;
    this.setup = setup;
    this.signals = signals;
  }

  @Override
  public Answer rule(SimulatedCandidate asker, Question question) {
    return switch (question) {
      case Question.Campaign campaign -> new Answer.Ruled(campaign(asker));
      case Question.Renew renew -> new Answer.Ruled(renew(asker, renew.term().number()));
      case Question.Resign resign -> {
        if (holder == asker && resign.term().number() == term) {
          free();
        }
        yield new Answer.GivenBack();
      }
    };
  }

  private Verdict campaign(SimulatedCandidate asker) {
    if (!asker.isAlive()) {
      return no("nobody is there", setup.hint());
    }
    if (holder == asker) {
      return won();
    }
    if (holder != null) {
      return no("held by " + holder.name(), setup.hint());
    }
    if (previous != null && previous != asker && previous.hasWork()) {
      return no("the previous leader's command is not gone", LOOK_FOR_WORK);
    }
    holder = asker;
    term++;
    world.tally.leaderships++;
    return won();
  }

  private Verdict renew(SimulatedCandidate asker, long renewed) {
    if (holder != asker || renewed != term) {
      return no("not held", setup.hint());
    }
    return renewed == unwanted ? asked() : won();
  }

  private Verdict asked() {
    world.tally.count(Fault.ASKED_TO_STEP_DOWN);
    return Verdict.Elected.askedToStepDown(Lease.unbounded(new Term(term)), "somebody asks");
  }

  private Verdict won() {
    return Verdict.Elected.atOnce(Lease.unbounded(new Term(term)));
  }

  private static Verdict no(String because, long hint) {
    return new Verdict.NotElected(Optional.empty(), because, Duration.ofNanos(hint));
  }

  private void free() {
    previous = holder;
    holder = null;
    signals.sendToAll();
  }

  @Override
  public void lose(SimulatedCandidate candidate) {
    if (holder == candidate) {
      free();
    }
  }

  @Override
  public void close(SimulatedCandidate candidate) {
    lose(candidate);
  }

  @Override
  public void interfere(boolean withTheSession) {
    // A kernel lock cannot be taken away by hand.
  }

  @Override
  public void preempt() {
    unwanted = term;
    signals.sendToAll();
  }

  @Override
  public void standStill(long until) {
    // What it knows it keeps.
  }
}
