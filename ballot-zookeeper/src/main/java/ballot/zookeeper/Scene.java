package ballot.zookeeper;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An election as an onlooker found it, and what follows from that for its notes.
 *
 * @param lease what the base znode says
 * @param isHeld whether it says anything
 * @param writtenAt when it was written last, by the servers' clock
 * @param written in which transaction
 * @param first the path of the candidate that is entitled to lead
 * @param second the path of the one after it
 * @param holderStands whether the holder of the lease is in line
 * @param now by the onlooker's clock
 */
record Scene(
    String base,
    Inscription lease,
    boolean isHeld,
    Instant writtenAt,
    long written,
    @Nullable String first,
    @Nullable String second,
    boolean holderStands,
    Instant now) {

  static Scene of(String base, Znode lease, Map<String, Reply<Znode>> candidates, Instant now) {
    Inscription inscription = Inscription.read(lease.data());
    var line = candidates.keySet().stream().filter(Paths::isProposal).toList();
    String holder = inscription.proposal();
    return new Scene(
        base,
        inscription,
        lease.data().length > 0,
        Instant.ofEpochMilli(lease.stat().getMtime()),
        lease.stat().getMzxid(),
        line.isEmpty() ? null : base + "/" + line.getFirst(),
        line.size() < 2 ? null : base + "/" + line.get(1),
        holder != null && candidates.containsKey(Paths.name(holder)),
        now);
  }

  boolean isHolder(String path) {
    return isHeld && path.equals(lease.proposal());
  }

  /** How long ago the lease was written, if the clocks here and there agree. */
  Duration age() {
    return Duration.between(writtenAt, now);
  }

  /** By how much the holder's clock seems to be ahead of the servers'. */
  Optional<Duration> drift() {
    return Optional.ofNullable(lease.lastSeen()).map(seen -> Duration.between(writtenAt, seen));
  }

  /** How long from now until the lease of a holder that is gone may be taken over. */
  Optional<Duration> runsOutIn() {
    return lease.timeout().map(timeout -> timeout.minus(age())).filter(Duration::isPositive);
  }
}
