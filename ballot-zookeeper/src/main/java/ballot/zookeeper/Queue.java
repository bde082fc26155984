package ballot.zookeeper;

import ballot.api.StoreException;
import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;

/** Takes a candidate's place in line, and looks at those before it. */
final class Queue {

  private static final int MOST_ROUNDS = 4;
  private static final byte[] NOTHING = new byte[0];

  private final Standing standing;
  private final Access access;
  private final Patience patience;

  Queue(Standing standing, Access access, Patience patience) {
    this.standing = standing;
    this.access = access;
    this.patience = patience;
  }

  /** The candidate's place under this session, taken now if need be. */
  Place join(Session session) throws StoreException {
    Place place = standing.place();
    if (place != null && place.session() == session.id()) {
      return place;
    }
    standing.stands(null);
    String attempt = "stand in " + standing.election();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Reply<Place> made = create(session, attempt);
      if (made.isOk()) {
        standing.stands(made.get());
        return made.get();
      }
      if (!made.says(Code.NONODE)) {
        throw Failures.of(made, attempt);
      }
      makeWay(session, attempt);
    }
    throw Failures.of(Code.NONODE, attempt);
  }

  private Reply<Place> create(Session session, String attempt) throws StoreException {
    byte[] data = Inscription.standing(standing.candidate(), session.timeout());
    Deed.Joining joining =
        new Deed.Joining(
            session.id(),
            data,
            Wire.stand(session, Paths.proposals(standing.base()), data, access.acl()));
    standing.begins(joining);
    Reply<Place> made = patience.await(joining.reply(), attempt);
    if (!made.isUnknown()) {
      standing.settled();
    }
    return made;
  }

  /** Makes what is missing above the candidates, one after the other. */
  private void makeWay(Session session, String attempt) throws StoreException {
    boolean top = true;
    for (String path : Paths.fromTheTop(standing.base())) {
      Reply<Stat> there = patience.await(Wire.exists(session.handle(), path, null), attempt);
      if (there.says(Code.NONODE)) {
        make(session, path, top, attempt);
      } else if (!there.isOk()) {
        throw Failures.of(there, attempt);
      }
      top = false;
    }
  }

  private void make(Session session, String path, boolean top, String attempt)
      throws StoreException {
    boolean isShared = !path.equals(standing.base());
    List<ACL> acl = isShared ? Acls.shared(access.acl()) : access.acl();
    Reply<String> made =
        patience.await(
            Wire.create(session.handle(), path, NOTHING, acl, CreateMode.PERSISTENT), attempt);
    if (made.says(Code.NONODE) && top) {
      throw Failures.noChroot(access.hosts());
    }
    if (!made.isOk() && !made.says(Code.NODEEXISTS) && !made.says(Code.NONODE)) {
      throw Failures.of(made, attempt + " (making " + path + ")");
    }
  }

  /**
   * Those who stand before the candidate, the nearest of them watched; empty when it does not stand
   * itself any more.
   */
  Optional<Line> line(Session session, Place place) throws StoreException {
    String attempt = "see the line in " + standing.election();
    if (standing.lookout().line().isEmpty()) {
      Reply<List<String>> children =
          patience.await(Wire.children(session.handle(), standing.base(), null), attempt);
      if (!children.isOk() && !children.says(Code.NONODE)) {
        throw Failures.of(children, attempt);
      }
      Optional<Line> line =
          children.isOk() ? Line.of(children.get(), place.name()) : Optional.empty();
      if (line.isEmpty()) {
        standing.stands(null);
        return Optional.empty();
      }
      standing.lookout().read(line.get());
    }
    watchNeighbours(session, attempt);
    return standing.lookout().line();
  }

  /** Whether nobody was seen to leave the line meanwhile. */
  boolean isStill(Line line) {
    return standing.lookout().line().filter(line::equals).isPresent();
  }

  private void watchNeighbours(Session session, String attempt) throws StoreException {
    Optional<String> next = unwatched();
    while (next.isPresent()) {
      String name = next.get();
      boolean set = false;
      try {
        set = watch(session, name, attempt);
      } finally {
        if (!set) {
          standing.lookout().failedOn(name);
        }
      }
      next = unwatched();
    }
  }

  private boolean watch(Session session, String name, String attempt) throws StoreException {
    Lookout lookout = standing.lookout();
    String path = standing.base() + "/" + name;
    Reply<Stat> there =
        patience.await(Wire.exists(session.handle(), path, lookout.on(name)), attempt);
    if (there.says(Code.NONODE)) {
      lookout.gone(name);
      return true;
    }
    if (!there.isOk()) {
      throw Failures.of(there, attempt);
    }
    return true;
  }

  private Optional<String> unwatched() {
    Lookout lookout = standing.lookout();
    return lookout
        .line()
        .flatMap(
            line -> line.neighbours().stream().filter(name -> !lookout.watches(name)).findFirst());
  }
}
