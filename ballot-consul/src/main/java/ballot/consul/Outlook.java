package ballot.consul;

import ballot.api.BootClock;
import ballot.api.Candidate;
import ballot.api.ChangeSignal;
import ballot.api.ElectionName;
import ballot.api.Preference;
import ballot.consul.WatchPlan.Part;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate knows of its election, from watching and from its own questions.
 *
 * <p>Good enough to wait by, and to base an attempt on that the store checks. A watch may show what
 * was true a moment ago, so whether a leadership lasts is never decided by it. Safe for use by many
 * threads.
 */
final class Outlook {

  /** A watch that works says something at least this often. */
  private static final long TRUST_NANOS = Watch.PATIENCE.toNanos();

  private final ElectionName election;
  private final ChangeSignal signal;

  /** All guarded by this. */
  private @Nullable Sight sight;

  private long seenAt;

  /** Those that are to show it something. */
  private final Set<Watch> watches = new HashSet<>();

  /** Those that work, and what they show. */
  private final Map<Watch, Part> shown = new HashMap<>();

  /** Whether there is a watch on what stands beside the key. */
  private boolean besideIsWatched = true;

  private boolean doubted;
  private boolean gap = true;
  private @Nullable String lastHolder;
  private long freeSince;
  private @Nullable String place;

  /** How much the candidate that leads is preferred; null while it does not lead. */
  private @Nullable Preference leading;

  private long placeTakenAt;

  Outlook(ElectionName election, ChangeSignal signal) {
    this.election = election;
    this.signal = signal;
  }

  ElectionName election() {
    return election;
  }

  /** From now on it is news when the candidate's place in line is not there any more. */
  synchronized void expects(String placeKey, long index) {
    place = placeKey;
    placeTakenAt = index;
  }

  /** Nothing is expected of the line any more. */
  synchronized void expectsNoPlace() {
    place = null;
  }

  /**
   * From now on it is news when somebody asks the leader to give way; or not any more.
   *
   * @param preference of the candidate that leads, or null
   */
  synchronized void leads(@Nullable Preference preference) {
    leading = preference;
  }

  /** A watch sees this of the election; whether that is something new. */
  boolean watched(Sight seen, Part part, Watch by) {
    Sight before = latest();
    boolean news = take(seen, part, by);
    if (news) {
      signal.lookAgain();
    }
    return news || (before != null && part.hasBeside() && !seen.line().equals(before.line()));
  }

  /** Asking again may be worth it for another reason. */
  void nudge() {
    signal.lookAgain();
  }

  /** The result of a change of our own. */
  void asked(Sight seen) {
    var unused = asked(seen, Part.WHOLE);
  }

  /** An answer to a question of our own about a part; what is known of the whole now. */
  synchronized Sight asked(Sight seen, Part part) {
    var unused = take(seen, part, null);
    return sight == null ? seen : sight;
  }

  private synchronized boolean take(Sight part, Part which, @Nullable Watch by) {
    if (by != null && !watches.contains(by)) {
      return false;
    }
    long now = BootClock.nanos();
    Sight seen = sight == null ? part : sight.with(part, which);
    boolean changed = sight == null || seen.differs(sight);
    boolean news = changed || (sight != null && seen.isOtherLine(sight));
    if (which.hasKey()) {
      changed |= gap;
      news |= gap;
      gap = false;
      seenAt = now;
    }
    if (changed && !seen.isHeld()) {
      freeSince = now;
    }
    if (which.hasBeside() && place != null && seen.index() > placeTakenAt && !seen.shows(place)) {
      news = true;
      place = null;
    }
    news |= which.hasBeside() && isChallengedAnew(seen);
    if (seen.key() != null && seen.isHeld()) {
      lastHolder = seen.key().session();
    }
    sight = seen;
    if (by != null) {
      shown.put(by, which);
    } else {
      doubted = false;
    }
    return news;
  }

  private boolean isChallengedAnew(Sight seen) {
    Preference own = leading;
    if (own == null) {
      return false;
    }
    List<Candidate> challengers = seen.challengers(own);
    return !challengers.isEmpty() && (sight == null || !challengers.equals(sight.challengers(own)));
  }

  /** What is known turned out to be of the past: to be asked about. */
  synchronized void doubt() {
    doubted = true;
    gap = true;
  }

  /** A watch failed, or began anew: anything may have happened unseen. */
  synchronized void blinded(Watch watch) {
    shown.remove(watch);
    gap = true;
  }

  /** From now on a watch shows it something. */
  synchronized void servedBy(Watch watch) {
    watches.add(watch);
  }

  /** That watch shows it nothing any more. */
  synchronized void leftBy(Watch watch) {
    watches.remove(watch);
    blinded(watch);
  }

  /** There is, or is no, watch on what stands beside the key. */
  synchronized void watchedBeside(boolean isWatched) {
    besideIsWatched = isWatched;
  }

  /** What was seen last, if it can be relied on to wait by. */
  synchronized @Nullable Sight trusted() {
    return isWatched() && !doubted && BootClock.nanos() - seenAt < TRUST_NANOS ? sight : null;
  }

  synchronized @Nullable Sight latest() {
    return sight;
  }

  /** How long the election has been seen free, without a gap or a change. */
  synchronized Duration freeFor() {
    return Duration.ofNanos(Math.max(BootClock.nanos() - freeSince, 0));
  }

  /** The session that held it when it was last seen held. */
  synchronized @Nullable String lastHolder() {
    return lastHolder;
  }

  /** Whether all that is watched is shown. */
  synchronized boolean isWatched() {
    return shown.values().stream().anyMatch(Part::hasKey)
        && (!besideIsWatched || shown.values().stream().anyMatch(Part::hasBeside));
  }
}
