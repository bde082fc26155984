package ballot.zookeeper;

import ballot.api.BootClock;
import ballot.api.StoreException;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;

/** Looks at the lease in the base znode, and keeps an eye on it for whoever may be next. */
final class LeaseLook {

  private final Standing standing;
  private final Patience patience;

  LeaseLook(Standing standing, Patience patience) {
    this.standing = standing;
    this.patience = patience;
  }

  /**
   * The lease as far as this candidate has to know it: as it is for whoever may be next, and as it
   * was once for those further behind, who only want to name the holder.
   */
  @Nullable Sight look(Session session, Line line) throws StoreException {
    Vigil vigil = standing.vigil();
    boolean known = vigil.isOf(session.connection());
    if (known && (!line.isNear() || standing.lookout().watchesLease())) {
      return vigil.seen();
    }
    return read(session, line);
  }

  private @Nullable Sight read(Session session, Line line) throws StoreException {
    String attempt = "read the lease of " + standing.election();
    Lookout lookout = standing.lookout();
    boolean seen = false;
    try {
      Reply<Znode> reply = patience.await(ask(session, line), attempt);
      if (reply.isUnknown()) {
        lookout.distrustLease();
        reply = patience.await(ask(session, line), attempt);
      }
      if (!reply.isOk() && !reply.says(Code.NONODE)) {
        throw Failures.of(reply, attempt);
      }
      seen = reply.isOk();
      Sight sight = seen ? Sight.of(reply.get()) : null;
      standing.vigil().saw(sight, holderStands(), session.connection(), BootClock.nanos());
      return sight;
    } finally {
      if (!seen) {
        lookout.distrustLease();
      }
    }
  }

  private CompletableFuture<Reply<Znode>> ask(Session session, Line line) {
    return line.isNear()
        ? standing.lookout().readLease(session)
        : Wire.read(session.handle(), standing.base(), null);
  }

  /** Whether the one whose lease was seen last is in line still, by what is known by now. */
  private boolean holderStands() {
    Sight before = standing.vigil().seen();
    String holder = before == null ? null : before.inscription().proposal();
    return holder != null
        && standing.lookout().line().filter(line -> line.has(Paths.name(holder))).isPresent();
  }
}
