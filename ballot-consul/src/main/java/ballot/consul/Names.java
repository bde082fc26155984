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
  private static final String CANDIDATES = BESIDE + "candidates/";

  private Names() {}

  /** The folder beside an election's key. */
  static String beside(ElectionName election) {
    return election.path() + BESIDE;
  }

  /** Who led last, and that somebody ever did: it outlives the key. */
  static String last(ElectionName election) {
    return election.path() + BESIDE + "last";
  }

  /** Where a candidate stands in line; the key vanishes with its session. */
  static String candidate(ElectionName election, String session, int number) {
    return election.path() + CANDIDATES + session + (number == 0 ? "" : "-" + number);
  }

  static boolean isCandidate(ElectionName election, String key) {
    return key.startsWith(election.path() + CANDIDATES);
  }

  /** The election that a key belongs to, as its key or beside it. */
  static String electionOf(String key) {
    int beside = key.indexOf(BESIDE);
    return beside < 0 ? key : key.substring(0, beside);
  }
}
