package ballot.engine.simulation;

import ballot.engine.core.Answer;
import ballot.engine.core.Question;

/** A store as its candidates see it. Times are true; leases run on the store's own clock. */
interface SimulatedStore {

  /** A question has arrived: it takes effect now, whether the asker still waits or not. */
  Answer rule(SimulatedCandidate asker, Question question);

  /** A candidate's process is gone. */
  void lose(SimulatedCandidate candidate);

  /** A candidate left in order. */
  void close(SimulatedCandidate candidate);

  /** Somebody interferes by hand. */
  void interfere(boolean withTheSession);

  /** Somebody whom the others have to give way to comes up. */
  void preempt();

  /** The store does not run for a while; what it knows it keeps. */
  void standStill(long until);
}
