package ballot.consul;

import ballot.api.StoreException;
import java.time.Duration;

/** How long the work of the leader before may last when somebody else is about to lead. */
final class HoldOff {

  /** A new leader waits so long for the work of one that may only just be learning of its loss. */
  static final Duration NOTICE = Duration.ofSeconds(1);

  /** However long the lease of one that may be frozen is said to be. */
  static final Duration LONGEST_NOTICE = Duration.ofSeconds(15);

  private final Standing standing;
  private final Kv kv;
  private final Patience patience;

  HoldOff(Standing standing, Kv kv, Patience patience) {
    this.standing = standing;
    this.kv = kv;
    this.patience = patience;
  }

  /**
   * Counted from when the election was seen free: nothing where the leader before gave back in
   * order, or where there never was one; nor where one that lost has said since that it has
   * finished; otherwise the time that a loser has.
   */
  Duration after(Sight before, Life life) throws StoreException {
    KvEntry key = before.key();
    String holder = standing.outlook().lastHolder();
    boolean released =
        key != null
            ? Inscription.read(key).isReleased()
            : before.last() != null && Inscription.read(before.last()).isReleasedBy(holder);
    boolean neverLed =
        key == null && before.last() == null && !standing.isSideDenied() && holder == null;
    return released || neverLed ? Duration.ZERO : notice(before, life);
  }

  /**
   * A key that vanished while its leader's session lasts was deleted by hand. A leader that is
   * frozen does not learn of that, and its work lasts for as long as its lease does.
   */
  private Duration notice(Sight before, Life life) throws StoreException {
    if (before.key() != null || before.leaseOfTheLast(life.session()).isEmpty()) {
      return NOTICE;
    }
    // A watch may show the place of one whose session has just ended.
    Sight now = Sight.beside(standing.election(), kv, patience);
    Duration lease = now.leaseOfTheLast(life.session()).orElse(NOTICE);
    Duration notice = lease.compareTo(NOTICE) < 0 ? NOTICE : lease;
    return notice.compareTo(LONGEST_NOTICE) > 0 ? LONGEST_NOTICE : notice;
  }
}
