package ballot.zookeeper;

import ballot.api.ElectionName;
import ballot.api.Ledger;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.zookeeper.KeeperException.Code;

/**
 * Where a ledger is kept: in a znode of its own, below one that stands beside the base znode. Never
 * below the base znode itself, where the Go tool takes everything for a candidate.
 *
 * @param base the base znode of the election
 * @param folder beside it, for all that an election keeps
 * @param path the ledger itself
 * @param title for messages
 */
record Book(String base, String folder, String path, String title) {

  static Book of(ElectionName election, String ledger) throws RejectedException {
    String base = Paths.base(election);
    String folder = Paths.beside(base);
    return new Book(
        base, folder, folder + "/" + ledger, "the ledger '" + ledger + "' of " + election);
  }

  /** What stands there by now, after every change that was answered before this was called. */
  Reply<Znode> readInTime(Session session, Patience patience) throws StoreException {
    var synced = Wire.sync(session.handle(), path);
    var asked = Wire.read(session.handle(), path, null);
    Reply<Boolean> inTime = patience.await(synced, reading());
    Reply<Znode> reply = patience.await(asked, reading());
    if (inTime.isUnknown()) {
      throw Failures.of(inTime, reading());
    }
    return reply;
  }

  /** The page that was read; a znode that is not there is one that nobody wrote. */
  Ledger.Page page(Reply<Znode> reply) throws StoreException {
    if (!isThere(reply)) {
      return Ledger.Page.BLANK;
    }
    Znode there = reply.get();
    return new Ledger.Page(text(there.data()), version(there));
  }

  /** Whether there is a znode; a failure if the reply does not say. */
  boolean isThere(Reply<Znode> reply) throws StoreException {
    if (reply.says(Code.NOAUTH)) {
      throw Failures.without("r (read)", path, reading());
    }
    if (!reply.isOk() && !reply.says(Code.NONODE)) {
      throw Failures.of(reply, reading());
    }
    return reply.isOk();
  }

  /**
   * The transaction that wrote it. The znode's own number would come again after somebody has
   * deleted the znode by hand.
   */
  static long version(Znode there) {
    return there.stat().getMzxid();
  }

  private String text(byte[] data) throws RejectedException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
    } catch (CharacterCodingException somethingElse) {
      throw new RejectedException(
          reading() + ": what stands in " + path + " is no text; somebody else wrote it");
    }
  }

  private String reading() {
    return "read " + title;
  }
}
