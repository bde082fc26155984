package ballot.consul;

import ballot.api.ChangeSignal;
import ballot.api.ElectionName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate knows of its election, from watching and from its own questions.
 *
 * <p>Good enough to wait by, and to base an attempt on that the store checks. Whether a leadership
 * lasts is never decided by it. Safe for use by many threads.
 */
final class Outlook {

  /** After this long without news a candidate asks instead of trusting its watch. */
  private static final long TRUST_NANOS = Duration.ofSeconds(60).toNanos();

  private final ElectionName election;
  private final ChangeSignal signal;

  /** All guarded by this. */
  private @Nullable Sight sight;

  private long seenAt;
  private boolean trusted;
  private boolean seenHeld;
  private long freeSince;

  Outlook(ElectionName election, ChangeSignal signal) {
    this.election = election;
    this.signal = signal;
  }

  ElectionName election() {
    return election;
  }

  /** News from the watch. */
  void watched(Sight news) {
    if (take(news, true)) {
      signal.lookAgain();
    }
  }

  /** Asking again may be worth it for another reason. */
  void nudge() {
    signal.lookAgain();
  }

  /** An answer to a question of our own, or the result of a change. */
  void asked(Sight news) {
    var unused = take(news, false);
  }

  private synchronized boolean take(Sight news, boolean fromWatch) {
    Sight before = sight;
    if (before != null && news.index() < before.index()) {
      return false;
    }
    long now = Elapsed.nanos();
    boolean gap = fromWatch && !trusted;
    boolean changed = before == null || news.differs(before);
    if (!news.isHeld() && (changed || gap)) {
      freeSince = now;
    }
    seenHeld |= news.isHeld();
    sight = news;
    seenAt = now;
    trusted |= fromWatch;
    return changed || gap;
  }

  /** The watch failed, or began anew: what it showed may be old. */
  synchronized void distrust() {
    trusted = false;
  }

  /** The store began to count anew: whatever comes next is news. */
  synchronized void forget() {
    sight = null;
    trusted = false;
  }

  /** What was seen last, if it can be relied on to wait by. */
  synchronized @Nullable Sight trusted() {
    return trusted && Elapsed.nanos() - seenAt < TRUST_NANOS ? sight : null;
  }

  synchronized @Nullable Sight latest() {
    return sight;
  }

  /** How long the election has been seen free without a change. */
  synchronized Duration freeFor() {
    return Duration.ofNanos(Math.max(Elapsed.nanos() - freeSince, 0));
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
