package ballot.local;

import ballot.local.Line.Place;
import ballot.local.OrphanedLocks.Search;
import ballot.local.ProcessIdentity.Life;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * What has to be over before the holder of the lock may lead: another leadership on a lock file
 * that was removed by hand, and the work of leaders that are gone.
 *
 * <p>Made when the lock is taken, asked until nothing is in the way, by one thread at a time.
 */
final class Succession {

  /** Within this time whatever guards a dead leader's command has ended it. */
  static final Duration GUARDS_TIME = Duration.ofSeconds(1);

  private final OpenFolder open;
  private final FormerWork work;
  private boolean sawAnother;

  Succession(OpenFolder open, Badge self) {
    this.open = open;
    this.work = new FormerWork(open.folder(), self);
  }

  /** Looks once. */
  Finding look(long lock, Optional<TermText> count) throws IOException {
    boolean isKnown = count.isPresent() && count.get().lock() == lock;
    return switch (isKnown ? Finding.Clear.AT_ONCE : lookForOtherLocks(lock)) {
      case Finding.InTheWay obstacle -> obstacle;
      case Finding.Clear clear -> work.look(clear.holdOff());
    };
  }

  /** Only for a lock file on which nobody has led yet: in ordinary elections this costs nothing. */
  private Finding lookForOtherLocks(long lock) throws IOException {
    Optional<Place> other = Line.of(open.folder()).leaderOfAnotherLock(lock);
    if (other.isPresent() && other.get().life() == Life.ALIVE) {
      return replaced(Long.toString(other.get().badge().process().pid()));
    }
    Search search = OrphanedLocks.of(open.folder().lock());
    if (search.holder().isPresent()) {
      return replaced(search.holder().get().address());
    }
    boolean unseen = other.isPresent() || !search.complete() && !open.sharing().isPrivate();
    // who was there may have been killed, and its record may have been removed with its lock
    return unseen || sawAnother ? new Finding.Clear(GUARDS_TIME) : Finding.Clear.AT_ONCE;
  }

  private Finding replaced(String holder) {
    sawAnother = true;
    return new Finding.InTheWay(
        "the lock file was removed while process "
            + holder
            + " had it: waiting for that one to notice and step down");
  }
}
