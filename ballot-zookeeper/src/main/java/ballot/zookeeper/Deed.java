package ballot.zookeeper;

import java.util.concurrent.CompletableFuture;

/**
 * A change that was asked for and whose outcome is not known yet. The next question begins with
 * finding it out; until then nothing else is changed.
 */
sealed interface Deed {

  /** The session it was asked in. */
  long session();

  CompletableFuture<? extends Reply<?>> reply();

  /** To stand in line. */
  record Joining(long session, byte[] data, CompletableFuture<Reply<String>> reply)
      implements Deed {}

  /** To write the lease: to win, or to go on leading. */
  record Writing(
      long session,
      Place place,
      byte[] data,
      Sight before,
      long workMayStartAt,
      CompletableFuture<Reply<Wire.Done>> reply)
      implements Deed {}

  /** To empty the lease and to leave the line. */
  record GivingBack(
      long session, Place place, Sight before, CompletableFuture<Reply<Wire.Done>> reply)
      implements Deed {}
}
