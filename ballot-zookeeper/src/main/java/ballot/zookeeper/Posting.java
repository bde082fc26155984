package ballot.zookeeper;

import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt;
import ballot.api.Ledger.Receipt.NotLeading;
import ballot.api.Ledger.Receipt.Overtaken;
import ballot.api.Ledger.Receipt.Written;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * One question of a leader to write the next page of a ledger: a transaction that is bound to its
 * place in line, to the lease as it was just seen to be its own, and to the page before.
 *
 * <p>It changes nothing that the election goes by, and nothing that is remembered of it, so it may
 * run beside a heartbeat. A heartbeat that comes between the look at the lease and the transaction
 * makes it fail; then all is looked at anew. Whoever wins writes the lease as well, so whatever is
 * under way by then, over whatever connection, fails for good.
 *
 * <p>A leader that wrote or read the page before, and whose place was watched since, knows what a
 * look would show: then the transaction is all that is sent. It is bound to the same things, so
 * where the leader is wrong it fails, and all is looked at.
 */
final class Posting {

  private static final int ANY = -1;
  private static final byte[] NOTHING = new byte[0];

  /** The steps of the transaction; a page that is the first one is made before it is written. */
  private static final int PLACE = 0;

  private static final int LEASE = 1;

  private final Standing standing;
  private final Ensemble ensemble;
  private final List<ACL> acl;
  private final Book book;
  private final Foothold foothold;
  private final Patience patience;
  private final Term term;
  private final String attempt;
  private @Nullable Edition written;

  Posting(
      Standing standing,
      Ensemble ensemble,
      List<ACL> acl,
      Book book,
      Foothold foothold,
      Term term,
      Patience patience) {
    this.standing = standing;
    this.ensemble = ensemble;
    this.acl = acl;
    this.book = book;
    this.foothold = foothold;
    this.term = term;
    this.patience = patience;
    this.attempt = "write " + book.title() + " under term " + term;
  }

  /**
   * Writes the next page.
   *
   * @param last what this process wrote or read last in this ledger
   */
  Receipt write(Page before, String text, byte[] bytes, @Nullable Edition last)
      throws StoreException {
    Optional<Receipt> receipt =
        last != null && last.isOf(before) ? withoutALook(last, text, bytes) : Optional.empty();
    while (receipt.isEmpty()) {
      receipt = attempt(before, text, bytes); // for as long as its patience lasts
    }
    return receipt.get();
  }

  /** The page as it stands there, if it is written. */
  @Nullable Edition written() {
    return written;
  }

  /** What a transaction is bound to; nothing where there is no znode. */
  private record Seen(@Nullable Sight lease, @Nullable Znode page) {}

  /** The leadership of the term; nothing when the candidate has no such leadership any more. */
  private @Nullable Tenure tenure() {
    Tenure tenure = standing.tenure();
    return tenure != null && tenure.term().equals(term) ? tenure : null;
  }

  /** Nothing when there is more to know first. */
  private Optional<Receipt> withoutALook(Edition last, String text, byte[] bytes)
      throws StoreException {
    Session session = ensemble.session(patience, attempt);
    OptionalInt beaten = heartbeat(); // before the leadership: it may be the next one's claim
    Tenure tenure = tenure();
    if (tenure == null
        || tenure.place().session() != session.id()
        || !foothold.isFirm(session, tenure.place())) {
      return Optional.empty();
    }
    Op place = Op.check(tenure.place().path(), ANY);
    Op held = Op.check(book.base(), Math.max(tenure.version(), beaten.orElse(ANY)));
    return next(session, place, held, last, text, bytes);
  }

  /** Waits for a heartbeat that is under way, which would make this fail: the lease's version. */
  private OptionalInt heartbeat() throws StoreException {
    if (!(standing.deed() instanceof Deed.Writing writing)) {
      return OptionalInt.empty();
    }
    Reply<Wire.Done> reply = patience.await(writing.reply(), attempt);
    if (!reply.isOk()) {
      return OptionalInt.empty();
    }
    Stat lease = reply.get().written(LEASE);
    return writing.isIn(lease) ? OptionalInt.of(lease.getVersion()) : OptionalInt.empty();
  }

  /** Nothing when something came in between and all has to be looked at anew. */
  private Optional<Receipt> attempt(Page before, String text, byte[] bytes) throws StoreException {
    if (tenure() == null) {
      return over("term " + term + " is over");
    }
    Session session = ensemble.session(patience, attempt);
    Tenure tenure = tenure(); // as it is in that session
    if (tenure == null) {
      return over("term " + term + " is over");
    }
    if (tenure.place().session() != session.id()) {
      return over("its session has ended");
    }
    Seen seen = look(session, tenure.place());
    Sight now = seen.lease();
    if (now == null) {
      return over("its election was deleted");
    }
    if (!tenure.goesOnIn(now)) {
      return over("the lease is not its own any more");
    }
    Znode there = seen.page();
    if (before.version() != (there == null ? Page.BLANK.version() : Book.version(there))) {
      return Optional.of(new Overtaken());
    }
    Op place = Op.check(tenure.place().path(), ANY);
    Op held = Op.check(book.base(), now.version());
    return there == null
        ? first(session, place, held, text, bytes)
        : next(session, place, held, Edition.of(there.stat()), text, bytes);
  }

  /** Both after every change that came before. */
  private Seen look(Session session, Place place) throws StoreException {
    if (!foothold.isFirm(session, place)) {
      var unused = foothold.look(session, place); // for the pages after this one
    }
    var synced = Wire.sync(session.handle(), book.base());
    var askedForLease = Wire.read(session.handle(), book.base(), null);
    var askedForPage = Wire.read(session.handle(), book.path(), null);
    Reply<Boolean> inTime = patience.await(synced, attempt);
    Reply<Znode> lease = patience.await(askedForLease, attempt);
    Reply<Znode> page = patience.await(askedForPage, attempt);
    if (inTime.isUnknown()) {
      throw Failures.of(inTime, attempt);
    }
    if (!lease.isOk() && !lease.says(Code.NONODE)) {
      throw Failures.of(lease, attempt);
    }
    return new Seen(
        lease.isOk() ? Sight.of(lease.get()) : null, book.isThere(page) ? page.get() : null);
  }

  private Optional<Receipt> next(
      Session session, Op place, Op held, Edition before, String text, byte[] bytes)
      throws StoreException {
    var reply = send(session, place, held, Op.setData(book.path(), bytes, before.version()));
    if (reply.isOk() && page(reply).created() != before.created()) {
      throw new UnavailableException(attempt + ": somebody deleted it and made it anew meanwhile");
    }
    if (reply.isOk() || failedBefore(reply)) {
      return settled(reply, text);
    }
    return switch (reply.code()) {
      case BADVERSION, NONODE -> Optional.of(new Overtaken());
      case NOAUTH -> throw Failures.without("w (write)", book.path(), attempt);
      default -> throw Failures.of(reply, attempt);
    };
  }

  /** What makes a znode does not tell its transaction; what writes it does, and it is the same. */
  private Optional<Receipt> first(Session session, Op place, Op held, String text, byte[] bytes)
      throws StoreException {
    Op make = Op.create(book.path(), NOTHING, acl, CreateMode.PERSISTENT);
    var reply = send(session, place, held, make, Op.setData(book.path(), bytes, 0));
    if (reply.isOk() || failedBefore(reply)) {
      return settled(reply, text);
    }
    return switch (reply.code()) {
      case NODEEXISTS -> Optional.of(new Overtaken());
      case NONODE -> {
        makeFolder(session);
        yield Optional.empty();
      }
      case NOAUTH -> throw Failures.without("c (create)", book.folder(), attempt);
      default -> throw Failures.of(reply, attempt);
    };
  }

  private Reply<Wire.Done> send(Session session, Op... steps) throws StoreException {
    Reply<Wire.Done> reply = patience.await(Wire.all(session.handle(), steps), attempt);
    if (reply.isUnknown()) {
      throw Failures.of(reply, attempt);
    }
    return reply;
  }

  private static boolean failedBefore(Reply<Wire.Done> reply) {
    Wire.Done done = reply.value();
    return done != null && done.failed() >= 0 && done.failed() <= LEASE;
  }

  /** What a transaction means that was done, or that failed for the leadership. */
  private Optional<Receipt> settled(Reply<Wire.Done> reply, String text) throws StoreException {
    if (reply.isOk()) {
      Edition page = page(reply);
      written = page;
      return Optional.of(new Written(new Page(text, page.transaction())));
    }
    if (reply.get().failed() == PLACE && reply.says(Code.NONODE)) {
      return over("its place in line is gone");
    }
    return switch (reply.code()) {
      case BADVERSION, NONODE -> Optional.empty();
      default -> throw Failures.of(reply, attempt);
    };
  }

  /** The last step of a transaction that was done writes the page. */
  private static Edition page(Reply<Wire.Done> reply) {
    Wire.Done done = reply.get();
    return Edition.of(done.written(done.steps().size() - 1));
  }

  private void makeFolder(Session session) throws StoreException {
    Reply<String> made =
        patience.await(
            Wire.create(session.handle(), book.folder(), NOTHING, acl, CreateMode.PERSISTENT),
            attempt);
    if (made.says(Code.NOAUTH)) {
      throw Failures.without("c (create)", Paths.above(book.folder()), attempt);
    }
    // Somebody else may have made it, or deleted the whole election: the next look shows it.
    if (!made.isOk() && !made.says(Code.NODEEXISTS) && !made.says(Code.NONODE)) {
      throw Failures.of(made, attempt + " (making " + book.folder() + ")");
    }
  }

  private static Optional<Receipt> over(String because) {
    return Optional.of(new NotLeading(because));
  }
}
