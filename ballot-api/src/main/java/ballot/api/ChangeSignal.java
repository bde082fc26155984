package ballot.api;

/**
 * How a store tells a candidate to look again.
 *
 * <p>Called by the backend, on any thread, also while the backend answers a question. It carries
 * nothing: the truth is asked for, never pushed. It may come late, doubled, without a cause or not
 * at all, and it may still come after the candidacy was closed. It returns at once and throws
 * nothing.
 */
@FunctionalInterface
public interface ChangeSignal {

  /** Something may have changed. */
  void lookAgain();
}
