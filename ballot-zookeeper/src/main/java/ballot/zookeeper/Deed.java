package ballot.zookeeper;

import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.data.Stat;

/**
 * A change that was asked for and whose outcome is not known yet. The next question begins with
 * finding it out; until then nothing else is changed.
 */
sealed interface Deed {

  /** The session it was asked in. */
  long session();

  CompletableFuture<? extends Reply<?>> reply();

  /** To stand in line. */
  record Joining(long session, byte[] data, CompletableFuture<Reply<Place>> reply)
      implements Deed {}

  /** To write the lease: to win, or to go on leading. */
  record Writing(
      long session,
      Place place,
      byte[] data,
      Sight before,
      long workMayStartAt,
      CompletableFuture<Reply<Wire.Done>> reply)
      implements Deed {

    /**
     * Whether it went where it was to go. Another life of the base znode may have the same version,
     * and somebody else's place there the same name.
     */
    boolean isIn(Stat written) {
      return written.getCzxid() == before.created();
    }
  }

  /** To empty the lease and to leave the line. */
  record GivingBack(
      long session, Place place, Sight before, CompletableFuture<Reply<Wire.Done>> reply)
      implements Deed {}
}
