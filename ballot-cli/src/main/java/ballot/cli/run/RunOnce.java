package ballot.cli.run;

import ballot.api.StoreException;

/** Runs a command while its election is won. */
@FunctionalInterface
public interface RunOnce {

  /**
   * Stands, runs the command while leading, and returns when all of it is over.
   *
   * <p>Called once, on the main thread, with everything checked that can be checked without asking
   * the store. The log is open; the caller closes it.
   *
   * @return the status to end with
   * @throws StoreException when the store cannot be opened with these settings
   */
  int run(RunOnceRequest request) throws StoreException;
}
