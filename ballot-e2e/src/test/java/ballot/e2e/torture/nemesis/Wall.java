package ballot.e2e.torture.nemesis;

import ballot.e2e.site.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Rules of nftables on one host: a table of its own, so that any number of them stand beside each
 * other and each can be taken down alone.
 */
public final class Wall {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Network.Host host;
  private final String table = "torture" + COUNT.incrementAndGet();

  private Wall(Network.Host host) {
    this.host = host;
  }

  /**
   * Builds one.
   *
   * @param incoming rules for what comes in
   * @param outgoing rules for what goes out
   */
  public static Wall build(Network.Host host, List<String> incoming, List<String> outgoing)
      throws IOException, InterruptedException {
    Wall wall = new Wall(host);
    wall.nft(
        "table inet %s {\n%s\n%s\n}"
            .formatted(wall.table, chain("input", incoming), chain("output", outgoing)));
    return wall;
  }

  private static String chain(String hook, List<String> rules) {
    return "chain %s {\n type filter hook %s priority -300\n %s\n}"
        .formatted(hook, hook, String.join("\n ", rules));
  }

  /** Takes it down. */
  public void fall() throws IOException, InterruptedException {
    nft("delete table inet " + table);
  }

  private void nft(String text) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(host.words());
    words.addAll(List.of("nft", text));
    Shell.run(words);
  }

  /** A set of addresses, as nft writes it. */
  static String addresses(List<Network.Host> hosts) {
    return "{ " + String.join(", ", hosts.stream().map(Network.Host::address).toList()) + " }";
  }
}
