package ballot.zookeeper;

import ballot.api.StoreException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of a change whose answer did not come in time.
 *
 * <p>As long as the reply may still come it is waited for: requests of one connection are answered
 * in order. When the connection was lost the truth is read over the next one, after a sync: from
 * then on the servers take nothing any more that came over the one before.
 */
final class Settlement {

  private final Standing standing;
  private final Ensemble ensemble;
  private final Patience patience;
  private final String attempt;

  Settlement(Standing standing, Ensemble ensemble, Patience patience) {
    this.standing = standing;
    this.ensemble = ensemble;
    this.patience = patience;
    this.attempt = "find out what became of an earlier request in " + standing.election();
  }

  void settle() throws StoreException {
    Deed deed = standing.deed();
    if (deed == null) {
      return;
    }
    Reply<?> reply = patience.await(deed.reply(), attempt);
    switch (deed) {
      case Deed.Joining joining -> settle(joining, reply);
      case Deed.Writing writing -> settle(writing, reply);
      case Deed.GivingBack back -> settle(back, reply);
    }
    standing.settled();
  }

  private void settle(Deed.Joining joining, Reply<?> reply) throws StoreException {
    Optional<Place> place =
        reply.isUnknown()
            ? find(joining)
            : Optional.ofNullable(joining.reply().join().value()).filter(made -> reply.isOk());
    place.ifPresent(standing::stands);
  }

  private void settle(Deed.Writing writing, Reply<?> reply) throws StoreException {
    if (reply.isOk()) {
      Stat stat = writing.reply().join().get().written(1);
      if (writing.isIn(stat)) {
        var unused = standing.wrote(writing, stat.getVersion(), stat.getMzxid());
      }
    } else if (reply.isUnknown()) {
      Sight now = look();
      if (now != null && Standing.isDone(writing, now)) {
        var unused = standing.wrote(writing, now.version(), now.written());
      }
    }
  }

  private void settle(Deed.GivingBack back, Reply<?> reply) throws StoreException {
    if (reply.isOk()) {
      standing.gaveBack();
    } else if (reply.isUnknown()) {
      settle(back, look());
    }
  }

  private void settle(Deed.GivingBack back, @Nullable Sight now) throws StoreException {
    if (now != null && now.isSameAs(back.before())) {
      return; // it did not take effect, and cannot any more
    }
    // Either that was we, and perhaps a successor after us, or somebody else came first.
    boolean left = isGone(back.place());
    Tenure tenure = standing.tenure();
    if (tenure != null) {
      standing.ends(tenure);
    }
    if (left) {
      standing.stands(null);
    }
  }

  private boolean isGone(Place place) throws StoreException {
    Session session = ensemble.session(patience, attempt);
    Reply<Stat> there = patience.await(Wire.exists(session.handle(), place.path(), null), attempt);
    if (!there.isOk() && !there.says(Code.NONODE)) {
      throw Failures.of(there, attempt);
    }
    return !there.isOk() || there.get().getCzxid() != place.made();
  }

  /** The base znode, after everything that came before. */
  private @Nullable Sight look() throws StoreException {
    Session session = ensemble.session(patience, attempt);
    return look(session, standing.base(), patience, attempt);
  }

  /** The base znode, after everything that came before; nothing where there is none. */
  static @Nullable Sight look(Session session, String base, Patience patience, String attempt)
      throws StoreException {
    var synced = Wire.sync(session.handle(), base);
    var read = Wire.read(session.handle(), base, null);
    Reply<?> inTime = patience.await(synced, attempt);
    Reply<Znode> reply = patience.await(read, attempt);
    if (inTime.isUnknown()) {
      throw Failures.of(inTime, attempt);
    }
    if (reply.says(Code.NONODE)) {
      return null;
    }
    if (!reply.isOk()) {
      throw Failures.of(reply, attempt);
    }
    return Sight.of(reply.get());
  }

  /** The place in line that this session made with this data, if it did. */
  private Optional<Place> find(Deed.Joining joining) throws StoreException {
    Session session = ensemble.session(patience, attempt);
    if (session.id() != joining.session()) {
      return Optional.empty();
    }
    Reply<?> synced = patience.await(Wire.sync(session.handle(), standing.base()), attempt);
    if (synced.isUnknown()) {
      throw Failures.of(synced, attempt);
    }
    for (String path : candidates(session)) {
      Reply<Znode> znode = patience.await(Wire.read(session.handle(), path, null), attempt);
      if (znode.isUnknown()) {
        throw Failures.of(znode, attempt);
      }
      if (znode.isOk()
          && znode.get().stat().getEphemeralOwner() == session.id()
          && Arrays.equals(znode.get().data(), joining.data())) {
        return Optional.of(new Place(path, session.id(), znode.get().stat().getCzxid()));
      }
    }
    return Optional.empty();
  }

  /** The session's own places in line; where the servers cannot tell (before 3.6) everybody's. */
  private List<String> candidates(Session session) throws StoreException {
    String prefix = Paths.proposals(standing.base());
    Reply<List<String>> own = patience.await(Wire.ephemerals(session.handle(), prefix), attempt);
    if (own.isOk()) {
      return own.get();
    }
    if (own.isUnknown()) {
      throw Failures.of(own, attempt);
    }
    Reply<List<String>> all =
        patience.await(Wire.children(session.handle(), standing.base(), null), attempt);
    if (all.says(Code.NONODE)) {
      return List.of();
    }
    if (!all.isOk()) {
      throw Failures.of(all, attempt);
    }
    return all.get().stream()
        .filter(Paths::isProposal)
        .map(name -> standing.base() + "/" + name)
        .toList();
  }
}
