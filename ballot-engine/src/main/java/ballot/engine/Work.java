package ballot.engine;

import ballot.api.Term;
import ballot.engine.core.Event;
import ballot.engine.core.Moment;
import java.util.Optional;

/**
 * What a leader does: the desk that runs it.
 *
 * <p>All methods are called on the engine's thread, in the order of the election's decisions, and
 * return at once; the doing happens elsewhere. A run is named by its number. Orders for a run that
 * has ended are ignored.
 */
public interface Work {

  /**
   * Starts a run.
   *
   * @param ended to be told exactly once, on any thread, when everything that belongs to the run is
   *     gone for certain, or when it could not be started
   */
  void start(Order order, Ended ended);

  /**
   * A run that was started without leadership is that of a leader from now on. Work to which that
   * makes no difference need not listen.
   */
  default void cover(long run, Term term) {}

  /** The run may go on until then; whoever guards it ends it at that moment. */
  void extend(long run, Moment killAt);

  /**
   * Asks a run to end.
   *
   * @param signal the number of the signal to ask with
   */
  void stop(long run, int signal);

  /** Ends a run now. */
  void kill(long run);

  /**
   * What to start.
   *
   * @param run its number
   * @param term the term it runs under; empty when it runs without leadership
   * @param killAt when the guard ends it, unless extended; a run that has not begun by then is not
   *     started any more. Either way its status is 137
   */
  record Order(long run, Optional<Term> term, Moment killAt) {}

  /** Told when a run is gone. */
  @FunctionalInterface
  interface Ended {

    /** Everything of the run is gone. */
    void ended(Event.Outcome outcome);
  }
}
