package ballot.zookeeper.foreign;

import ballot.zookeeper.servers.RawClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the Go tool's {@code info} shows of an election: it reads the lease and every child, and
 * fails when it cannot read one.
 *
 * @param leader nobody when the lease is empty
 */
public record GoInfo(@Nullable GoProposal leader, List<GoProposal> candidates) {

  /**
   * Looks.
   *
   * @throws IllegalArgumentException when the Go tool could not read something
   */
  public static GoInfo of(RawClient client, String base) {
    String lease = client.text(base);
    return new GoInfo(
        lease.isEmpty() ? null : read(lease),
        client.children(base).stream().map(name -> read(client.text(base + "/" + name))).toList());
  }

  private static GoProposal read(String text) {
    return GoProposal.read(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The ids of those in line, the first in line first. */
  public List<String> line() {
    return candidates.stream().map(GoProposal::candidateId).toList();
  }
}
