package ballot.consul;

import ballot.api.Candidate;
import ballot.api.ElectionName;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A candidate's part in an election, as far as it outlasts a question. Changed by the one thread
 * that asks, but for what is forfeited; read by those that keep sessions alive.
 */
final class Standing {

  private final ElectionName election;
  private final Candidate candidate;
  private final int number;
  private final Outlook outlook;
  private final Footing footing;
  private final AtomicReference<@Nullable Tenure> tenure = new AtomicReference<>();

  /** Whether the keys beside the election may not be written, as far as known. */
  private volatile boolean sideDenied;

  /** Whether it may not lead now, and so does not stand in line. */
  private volatile boolean withdrawn;

  private final Courtesy courtesy = new Courtesy();
  private volatile @Nullable Tenure lost;
  private volatile boolean campaigned;
  private volatile boolean left;

  /** The life under which the place in line was taken, and when. */
  private volatile @Nullable Life listedUnder;

  private volatile long listedAt;

  /**
   * Not standing yet.
   *
   * @param number tells candidates of one process in one election from each other
   */
  Standing(
      ElectionName election, Candidate candidate, int number, Outlook outlook, Footing footing) {
    this.election = election;
    this.candidate = candidate;
    this.number = number;
    this.outlook = outlook;
    this.footing = footing;
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

  Footing footing() {
    return footing;
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

  boolean isWithdrawn() {
    return withdrawn;
  }

  void withdraw(boolean withdraws) {
    withdrawn = withdraws;
  }

  /** Whom it gives way to. */
  Courtesy courtesy() {
    return courtesy;
  }

  /** It has asked to lead. */
  void campaigns() {
    campaigned = true;
  }

  /** It will ask nothing any more. */
  void leaves() {
    left = true;
  }

  boolean hasLeft() {
    return left;
  }

  /** Whether it waits in line, so that nobody but the store keeps its session alive. */
  boolean isWaiting() {
    Tenure held = tenure.get();
    return campaigned && !left && (held == null || held.forfeited());
  }

  /** Whether it leads and has asked about it lately. */
  boolean isLeading(long now) {
    Tenure held = tenure.get();
    return held != null && !held.forfeited() && held.leaseUntil() - now > 0;
  }

  @Nullable Tenure tenure() {
    return tenure.get();
  }

  /** A leadership begins. */
  void begin(Tenure won) {
    lost = null;
    tenure.set(won);
    outlook.leads(candidate.preference());
  }

  /** What is known of a leadership changed; false when it has ended or changed otherwise. */
  boolean update(Tenure before, Tenure now) {
    return tenure.compareAndSet(before, now);
  }

  /** That leadership is over. */
  void end(Tenure over) {
    tenure.updateAndGet(held -> held != null && held.term().equals(over.term()) ? null : held);
    if (tenure.get() == null) {
      outlook.leads(null);
    }
  }

  /** That leadership was taken away; of its work there may be something left. */
  void lose(Tenure over) {
    lost = over;
    end(over);
  }

  /** The leadership that was taken away, until nothing of its work is left. */
  @Nullable Tenure lost() {
    return lost;
  }

  /** Nothing is left of what was taken away, and whoever may want to know has been told. */
  void forgetLost() {
    lost = null;
  }

  /** Remembers that the place in line was taken. */
  void listed(Life life, long index) {
    listedAt = index;
    listedUnder = life;
    outlook.expects(place(life), index);
  }

  /** It has no place in line any more. */
  void unlisted() {
    listedUnder = null;
    outlook.expectsNoPlace();
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
