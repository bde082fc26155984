package ballot.cli.fence;

/** Runs a command unless its token is older than one that was seen. */
@FunctionalInterface
public interface RunFenced {

  /**
   * Runs it, and returns when all of it is over. Called once, on the main thread.
   *
   * @return the status to end with
   */
  int run(FenceRequest request);
}
