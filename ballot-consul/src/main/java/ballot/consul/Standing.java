package ballot.consul;

import ballot.api.Candidate;
import ballot.api.ElectionName;
import org.jspecify.annotations.Nullable;

/**
 * A candidate's part in an election, as far as it outlasts a question. Changed by the one thread
 * that asks; read by those that keep sessions alive.
 */
final class Standing {

  private final ElectionName election;
  private final Candidate candidate;
  private final int number;
  private final Outlook outlook;

  /** Whether the keys beside the election may not be written, as far as known. */
  private volatile boolean sideDenied;

  /** Whether it has asked to lead and waits, or leads: then its session must be kept alive. */
  private volatile boolean campaigning;

  private volatile boolean left;

  private volatile @Nullable Tenure tenure;
  private volatile long leaseUntil;

  /** The life under which the place in line was taken, and when; of the asking thread only. */
  private volatile @Nullable Life listedUnder;

  private long listedAt;

  /**
   * @param number tells candidates of one process in one election from each other
   */
  Standing(ElectionName election, Candidate candidate, int number, Outlook outlook) {
    this.election = election;
    this.candidate = candidate;
    this.number = number;
    this.outlook = outlook;
  }

  ElectionName election() {
    return election;
  }

  String key() {
    return election.path();
  }

  Candidate candidate() {
    return candidate;
  }

  Outlook outlook() {
    return outlook;
  }

  /** The key of its place in line. */
  String place(Life life) {
    return Names.candidate(election, life.session(), number);
  }

  boolean isSideDenied() {
    return sideDenied;
  }

  void denySide() {
    sideDenied = true;
  }

  void campaigns() {
    campaigning = true;
  }

  void leaves() {
    campaigning = false;
    left = true;
  }

  /** Whether it has been closed. */
  boolean hasLeft() {
    return left;
  }

  /** Whether it waits in line, so that nobody but the store keeps its session alive. */
  boolean isWaiting() {
    return campaigning && tenure == null;
  }

  /** Whether it leads and has asked about it lately. */
  boolean isLeading(long now) {
    return tenure != null && leaseUntil - now > 0;
  }

  @Nullable Tenure tenure() {
    return tenure;
  }

  long leaseUntil() {
    return leaseUntil;
  }

  void holds(Tenure held) {
    tenure = held;
  }

  void leasedUntil(long until) {
    leaseUntil = until;
  }

  void holdsNoMore() {
    tenure = null;
  }

  /** Remembers that the place in line was taken. */
  void listed(Life life, long index) {
    listedUnder = life;
    listedAt = index;
  }

  void unlisted() {
    listedUnder = null;
  }

  @Nullable Life listedUnder() {
    return listedUnder;
  }

  /** Whether its place in line is there, as far as it knows. */
  boolean isListed(Life life, Sight sight) {
    return listedUnder == life && (sight.index() <= listedAt || sight.shows(place(life)));
  }

  @Override
  public String toString() {
    return candidate.address() + " in " + election;
  }
}
