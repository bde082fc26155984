package ballot.e2e.torture.world;

/**
 * What somebody with rights on the store can do to an election, going past ballot. Each says to
 * whom it was done; "nobody" when there was nothing to do it to.
 */
public interface Tampering {

  /** Ends the session of whoever holds the election. */
  String destroySession(String election);

  /** Removes what says who leads. */
  String deleteKey(String election);

  /** Writes something else over what says who leads, and leaves the holder's session alone. */
  String overwriteKey(String election);
}
