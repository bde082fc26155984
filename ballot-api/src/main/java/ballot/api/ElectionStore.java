package ballot.api;

import java.time.Duration;

/**
 * An open connection to a store, shared by all elections of a process.
 *
 * <p>Safe for use by many threads. What a store can do beyond elections (a ledger of runs,
 * steering, history) it says by implementing further interfaces of this package.
 */
public interface ElectionStore extends AutoCloseable {

  /**
   * How long a lease of this store normally holds, so that timings can be checked against each
   * other before anything starts; {@link Lease#UNBOUNDED} if leases do not run out.
   */
  Duration nominalValidity();

  /**
   * Prepares to stand. Nothing is written and nothing is asked until the first {@link
   * Candidacy#campaign}.
   *
   * @param signal called when it may be worth asking again; from now until the candidacy is closed
   */
  Candidacy stand(ElectionName election, Candidate candidate, ChangeSignal signal);

  /**
   * Looks without taking part: joins nothing, writes nothing, wakes nobody.
   *
   * @param budget how long the call may take at most
   * @throws UnavailableException when the store did not answer within the budget
   * @throws RejectedException when it refused
   */
  Roster observe(ElectionName election, Duration budget) throws StoreException;

  /**
   * Reads a {@link Ledger} without taking part. As current as {@link #observe} is.
   *
   * @param name which one: lower-case letters
   * @param budget how long the call may take at most
   * @return {@link Ledger.Page#BLANK} also from backends that keep none
   * @throws UnavailableException when the store did not answer within the budget
   * @throws RejectedException when it refused, or when what stands there is no text
   */
  default Ledger.Page readLedger(ElectionName election, String name, Duration budget)
      throws StoreException {
    return Ledger.Page.BLANK;
  }

  /**
   * Closes the candidacies that are left and the connection. Idempotent; takes at most a second;
   * keeps the interrupt flag. What is still held is left to run out.
   */
  @Override
  void close();
}
