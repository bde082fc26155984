package ballot.cli.services;

import ballot.api.StoreException;

/** Stands for services. */
@FunctionalInterface
public interface RunServices {

  /**
   * Stands for all services until told to leave, and returns when all of it is over.
   *
   * <p>Called once, on the main thread, with everything checked that can be checked without asking
   * the store. The log is open; the caller closes it.
   *
   * @return the status to end with
   * @throws StoreException when the store cannot be opened with these settings
   */
  int run(ServicesRequest request) throws StoreException;
}
