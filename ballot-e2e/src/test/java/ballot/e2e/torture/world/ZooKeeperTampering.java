package ballot.e2e.torture.world;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Going past ballot on ZooKeeper. What is deleted is the holder's place in line; the election
 * itself is not, as whoever is started after that knows of nothing and is promised nothing: docs
 * say so.
 */
final class ZooKeeperTampering implements Tampering {

  private final List<ZooKeeperServer> servers;

  ZooKeeperTampering(List<ZooKeeperServer> servers) {
    this.servers = servers;
  }

  private interface Deed {
    String on(ZooKeeperServer server, ZooKeeperLine line, String base, String holder)
        throws IOException;
  }

  /** By a server that answers; the holder is the first in line. */
  private String perform(String election, Deed deed) {
    String base = "/torture/" + election;
    for (ZooKeeperServer server : servers) {
      try (ZooKeeperLine line = ZooKeeperLine.to(server.host())) {
        Optional<String> holder =
            line.children(base).stream()
                .filter(name -> name.startsWith("proposal-"))
                .sorted()
                .findFirst();
        return holder.isPresent()
            ? deed.on(server, line, base, base + "/" + holder.get())
            : "nobody";
      } catch (IOException silent) {
        // another may answer
      }
    }
    return "nobody";
  }

  @Override
  public String destroySession(String election) {
    return perform(
        election,
        (server, line, base, holder) -> {
          Optional<ZooKeeperLine.Node> place = line.read(holder);
          if (place.isEmpty()) {
            return "nobody";
          }
          ZooKeeperLine.end(server.host(), place.get().owner());
          return "the session of " + holder;
        });
  }

  @Override
  public String deleteKey(String election) {
    return perform(
        election,
        (server, line, base, holder) -> {
          line.delete(holder);
          return holder;
        });
  }

  @Override
  public String overwriteKey(String election) {
    return perform(
        election,
        (server, line, base, holder) -> {
          line.write(base, "somebody was here");
          return "the lease of " + holder;
        });
  }
}
