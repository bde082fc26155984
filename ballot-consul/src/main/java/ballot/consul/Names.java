package ballot.consul;

import ballot.api.ElectionName;

/** Which keys belong to an election. */
final class Names {

  /** What {@code consul lock} puts on its keys, and demands of those that it finds. */
  static final long LOCK_FLAGS = 0x2ddccbc058a50c18L;

  /** What {@code consul lock -n} and its like put on theirs. */
  static final long SEMAPHORE_FLAGS = 0xe0f69a2baa414de0L;

  /**
   * On the place of a candidate that says how much it is preferred; the others' need no reading.
   */
  static final long PREFERENCE_FLAGS = 1;

  private static final String BESIDE = "/" + ElectionName.RESERVED_SEGMENT + "/";

  /** A folder of its own: it is watched, and what else stands beside a key is not. */
  private static final String CANDIDATES = BESIDE + "candidates/";

  private Names() {}

  /** The folder beside an election's key. */
  static String beside(ElectionName election) {
    return election.path() + BESIDE;
  }

  /** The folder of those who stand, and of the record of who led last. */
  static String line(ElectionName election) {
    return election.path() + CANDIDATES;
  }

  /** Who led last, and that somebody ever did: it outlives the key. */
  static String last(ElectionName election) {
    return election.path() + CANDIDATES + "last";
  }

  /** What the leader keeps for whoever leads next. */
  static String ledger(ElectionName election, String name) {
    return election.path() + BESIDE + name;
  }

  /** Where a candidate stands in line; the key vanishes with its session. */
  static String candidate(ElectionName election, String session, int number) {
    return election.path() + CANDIDATES + session + (number == 0 ? "" : "-" + number);
  }

  static boolean isCandidate(ElectionName election, String key) {
    return key.startsWith(election.path() + CANDIDATES) && !key.equals(last(election));
  }

  /** Whether a key has to do with who leads, and with who may next. */
  static boolean concernsLeadership(String key) {
    int beside = key.indexOf(BESIDE);
    return beside < 0 || key.startsWith(CANDIDATES, beside);
  }

  /** The rule of a policy that gives a right to a key, and to all that stands beside one. */
  static String rule(String key, String right) {
    int beside = key.indexOf(BESIDE);
    String rule = beside < 0 ? "key \"" + key : "key_prefix \"" + key.substring(0, beside) + BESIDE;
    return rule + "\" { policy = \"" + right + "\" }";
  }

  /** The election that a key belongs to, as its key or beside it. */
  static String electionOf(String key) {
    int beside = key.indexOf(BESIDE);
    return beside < 0 ? key : key.substring(0, beside);
  }
}
