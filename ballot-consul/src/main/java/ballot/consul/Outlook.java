package ballot.consul;

import ballot.api.BootClock;
import ballot.api.ChangeSignal;
import ballot.api.ElectionName;
import java.time.Duration;
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
  private boolean trusted;
  private boolean gap = true;
  private boolean seenHeld;
  private long freeSince;
  private @Nullable String place;
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

  /** The watch sees this; whether it is news. */
  boolean watched(Sight seen) {
    boolean news = take(seen, true);
    if (news) {
      signal.lookAgain();
    }
    return news;
  }

  /** Asking again may be worth it for another reason. */
  void nudge() {
    signal.lookAgain();
  }

  /** An answer to a question of our own, or the result of a change. */
  void asked(Sight seen) {
    var unused = take(seen, false);
  }

  private synchronized boolean take(Sight seen, boolean fromWatch) {
    long now = BootClock.nanos();
    boolean news = gap || sight == null || seen.differs(sight);
    if (news && !seen.isHeld()) {
      freeSince = now;
    }
    if (place != null && seen.index() > placeTakenAt && !seen.shows(place)) {
      news = true;
      place = null;
    }
    seenHeld |= seen.isHeld();
    sight = seen;
    seenAt = now;
    gap = false;
    trusted |= fromWatch;
    return news;
  }

  /** The watch failed, or began anew: anything may have happened unseen. */
  synchronized void distrust() {
    trusted = false;
    gap = true;
  }

  /** What was seen last, if it can be relied on to wait by. */
  synchronized @Nullable Sight trusted() {
    return trusted && BootClock.nanos() - seenAt < TRUST_NANOS ? sight : null;
  }

  synchronized @Nullable Sight latest() {
    return sight;
  }

  /** How long the election has been seen free, without a gap or a change. */
  synchronized Duration freeFor() {
    return Duration.ofNanos(Math.max(BootClock.nanos() - freeSince, 0));
  }

  /** Whether it was ever seen held. */
  synchronized boolean hasSeenHeld() {
    return seenHeld;
  }

  /** Whether the watch works. */
  synchronized boolean isWatched() {
    return trusted;
  }
}
