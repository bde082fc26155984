package ballot.e2e.site;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The way of a host's packets through a {@link Relay}: the cable of the host is taken out of the
 * switch and put into another one, which a pair of VXLAN devices joins with the first. What these
 * say to each other in UDP goes through the relay. Connections that stand stay.
 */
public final class Detour implements AutoCloseable {

  /**
   * Makes the kernel compute checksums itself on a device: what passes through a program has to
   * bring them. The same as {@code ethtool -K DEVICE tx off}.
   */
  private static final String CHECKSUMS =
      "use Socket; socket(my $s, PF_INET, SOCK_DGRAM, 0) or die; my $v = pack('LL', 0x17, 0);"
          + "ioctl($s, 0x8946, pack('a16P8x16', $ARGV[0], $v)) or die $!";

  private static final int MOST_NUMBERS = 120;

  private final String hub;
  private final String space;
  private final String plug;
  private final int number;
  private final Process relay;

  private Detour(String hub, String space, String plug, int number, Process relay) {
    this.hub = hub;
    this.space = space;
    this.plug = plug;
    this.number = number;
    this.relay = relay;
  }

  /**
   * Builds one, and lets packets take it.
   *
   * @param number of the host on its network
   * @param habits of the relay: delay and spread in milliseconds, and how many in a hundred it
   *     doubles
   */
  static Detour open(String hub, String space, String plug, int number, List<String> habits)
      throws IOException, InterruptedException {
    if (number > MOST_NUMBERS) {
      throw new IllegalArgumentException("no number is left for host " + number);
    }
    String net = "10.214." + number + ".";
    Network.ip("netns", "add", space);
    List<String> wire = List.of("link", "add", "wire" + number, "type", "veth");
    Network.ip(of(hub, wire, "peer", "name", "eth0", "netns", space));
    Network.ip("-n", hub, "link", "set", "wire" + number, "mtu", "2000", "up");
    Network.ip("-n", space, "link", "set", "eth0", "mtu", "2000", "up");
    Network.ip("-n", hub, "addr", "add", net + "1/24", "dev", "wire" + number);
    Network.ip("-n", space, "addr", "add", net + "2/24", "dev", "eth0");
    Network.run(List.of("ip", "netns", "exec", hub, "perl", "-e", CHECKSUMS, "wire" + number));
    Process relay = relay(space, net + "1", habits);
    Detour detour = new Detour(hub, space, plug, number, relay);
    detour.join(net + "2");
    return detour;
  }

  private static String[] of(String hub, List<String> words, String... more) {
    List<String> line = new ArrayList<>(List.of("-n", hub));
    line.addAll(words);
    line.addAll(List.of(more));
    return line.toArray(String[]::new);
  }

  private static Process relay(String space, String hub, List<String> habits) throws IOException {
    List<String> line = new ArrayList<>(List.of("ip", "netns", "exec", space));
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-cp"));
    line.addAll(List.of(System.getProperty("java.class.path"), Relay.class.getName(), hub));
    line.addAll(habits);
    Process relay = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader said =
        new BufferedReader(
            new InputStreamReader(relay.getInputStream(), StandardCharsets.US_ASCII));
    if (!"ready".equals(said.readLine())) {
      throw new IOException("the relay does not start");
    }
    return relay;
  }

  private void join(String relayAddress) throws IOException, InterruptedException {
    Network.ip("-n", hub, "link", "add", "detour" + number, "type", "bridge");
    Network.ip("-n", hub, "link", "set", "detour" + number, "up");
    lay("near" + number, 2 * number, relayAddress, "detour" + number);
    lay("far" + number, 2 * number + 1, relayAddress, "switch");
    Network.ip("-n", hub, "link", "set", plug, "master", "detour" + number);
  }

  private void lay(String device, int id, String relayAddress, String bridge)
      throws IOException, InterruptedException {
    List<String> words = List.of("link", "add", device, "type", "vxlan", "id", "" + id);
    Network.ip(of(hub, words, "remote", relayAddress, "dstport", "4789", "dev", "wire" + number));
    Network.ip("-n", hub, "link", "set", device, "mtu", "1500", "master", bridge, "up");
  }

  /** Packets go straight on again; those that are under way are lost. */
  @Override
  public void close() throws IOException, InterruptedException {
    Network.ip("-n", hub, "link", "set", plug, "master", "switch");
    relay.destroyForcibly().waitFor();
    for (String device : List.of("near", "far", "detour", "wire")) {
      Network.ip("-n", hub, "link", "del", device + number);
    }
    Network.ip("netns", "del", space);
  }
}
