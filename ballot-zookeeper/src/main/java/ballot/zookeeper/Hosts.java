package ballot.zookeeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The servers of an ensemble, and the znode under which everything happens.
 *
 * @param servers each with its port
 * @param chroot begins with a slash; empty for the root
 */
record Hosts(List<String> servers, String chroot) {

  static final String ALLOWED =
      "write host or host:port, several with commas, the last one followed by a path if the"
          + " elections are below one: zk1,zk2:2181,zk3:2181/app";

  private static final int DEFAULT_PORT = 2181;
  private static final int HIGHEST_PORT = 65535;
  private static final Pattern SERVER =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");

  Hosts {
    servers = List.copyOf(servers);
  }

  /** Reads a list of servers, whose last one may carry the path; empty when it cannot be one. */
  static Optional<Hosts> parse(List<String> entries) {
    String whole = String.join(",", entries);
    int slash = whole.indexOf('/');
    String path = slash < 0 ? "" : whole.substring(slash);
    Optional<String> chroot = chroot(path);
    List<String> servers = new ArrayList<>();
    for (String entry : whole.substring(0, slash < 0 ? whole.length() : slash).split(",", -1)) {
      Optional<String> server = server(entry.strip());
      if (server.isEmpty()) {
        return Optional.empty();
      }
      servers.add(server.get());
    }
    return chroot.map(root -> new Hosts(servers, root));
  }

  private static Optional<String> server(String text) {
    Matcher matcher = SERVER.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int port = matcher.group(2) == null ? DEFAULT_PORT : Integer.parseInt(matcher.group(2));
    return port > 0 && port <= HIGHEST_PORT
        ? Optional.of(matcher.group(1) + ":" + port)
        : Optional.empty();
  }

  private static Optional<String> chroot(String path) {
    if (path.isEmpty() || path.equals("/")) {
      return Optional.of("");
    }
    return path.contains(",") || Paths.complaint(path).isPresent()
        ? Optional.empty()
        : Optional.of(path);
  }

  /** As the client of ZooKeeper takes it. */
  String connectString() {
    return String.join(",", servers) + chroot;
  }

  @Override
  public String toString() {
    return connectString();
  }
}
