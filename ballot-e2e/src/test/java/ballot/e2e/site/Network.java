package ballot.e2e.site;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hosts with addresses of their own that can be cut off from each other: network namespaces, each
 * with a cable to a switch in one more. Needs root and ip(8). Nothing of it is seen outside.
 */
public final class Network implements AutoCloseable {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name = "bt" + ProcessHandle.current().pid() + "-" + COUNT.getAndIncrement();
  private final String hub = name + "-hub";
  private final List<Host> hosts = new ArrayList<>();
  private boolean closed;

  private Network() {}

  /**
   * One that is only planned: {@link #lay} makes it, and closing takes away what there is of it.
   */
  public static Network planned() {
    return new Network();
  }

  /** One without hosts. */
  public static Network create() throws IOException, InterruptedException {
    return planned().lay();
  }

  /** Makes it. */
  public synchronized Network lay() throws IOException, InterruptedException {
    checkOpen();
    ip("netns", "add", hub);
    ip("-n", hub, "link", "add", "switch", "type", "bridge");
    ip("-n", hub, "link", "set", "switch", "up");
    return this;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("network " + name + " is taken away");
    }
  }

  /** A host on the network. */
  public final class Host {

    private final String space;
    private final String plug;
    private final String address;
    private final int number;

    private Host(int number) throws IOException, InterruptedException {
      this.space = name + "-" + number;
      this.number = number;
      this.plug = "port" + number;
      this.address = "10.213.77." + number;
      ip("netns", "add", space);
      ip("-n", hub, "link", "add", plug, "type", "veth", "peer", "name", "eth0", "netns", space);
      ip("-n", hub, "link", "set", plug, "master", "switch", "up");
      ip("-n", space, "link", "set", "lo", "up");
      ip("-n", space, "addr", "add", address + "/24", "dev", "eth0");
      ip("-n", space, "link", "set", "eth0", "up");
    }

    /** Its address on the network. */
    public String address() {
      return address;
    }

    /** The words before a command that is to run on it. */
    public List<String> words() {
      return List.of("ip", "netns", "exec", space);
    }

    /**
     * From now on its packets go through a relay of these habits.
     *
     * @return empty when they go through another already
     */
    public Optional<Detour> detour(List<String> habits) throws IOException, InterruptedException {
      synchronized (Network.this) {
        checkOpen();
        String relay = space + "-relay";
        boolean isTaken =
            ip("netns", "list")
                .lines()
                .anyMatch(line -> line.startsWith(relay + " ") || line.equals(relay));
        return isTaken
            ? Optional.empty()
            : Optional.of(Detour.open(hub, relay, plug, number, habits));
      }
    }

    /** From now on nothing it sends arrives, and nothing arrives at it. */
    public void cutOff() throws IOException, InterruptedException {
      ip("-n", hub, "link", "set", plug, "down");
    }

    /** Ends what {@link #cutOff} began. */
    public void connect() throws IOException, InterruptedException {
      ip("-n", hub, "link", "set", plug, "up");
    }
  }

  /** One more host. */
  public synchronized Host host() throws IOException, InterruptedException {
    checkOpen();
    Host host = new Host(hosts.size() + 1);
    hosts.add(host);
    return host;
  }

  static String ip(String... words) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("ip"));
    line.addAll(List.of(words));
    return run(line);
  }

  /** What a program says that has to succeed. */
  static String run(List<String> line) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", line) + ": " + said.strip());
    }
    return said;
  }

  /** Takes it away; what still runs on its hosts is not ended. */
  @Override
  public synchronized void close() throws IOException, InterruptedException {
    if (closed) {
      return;
    }
    closed = true;
    // by what there is, and not by what was made: it may be broken off in the middle
    for (String line : ip("netns", "list").lines().toList()) {
      String space = line.split(" ", 2)[0];
      if (space.startsWith(name + "-")) {
        ip("netns", "del", space);
      }
    }
  }
}
