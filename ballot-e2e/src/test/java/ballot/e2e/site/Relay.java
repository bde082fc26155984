package ballot.e2e.site;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Hands on the packets of a {@link Detour}, late, in another order or twice. A program of its own,
 * as it stands on a host of its own; it ends with its standard input.
 */
public final class Relay {

  private static final int PORT = 4_789;
  private static final int LONGEST_PACKET = 9_000;

  /** Where the lowest byte of VXLAN's number of a network is; its two ends differ in one bit. */
  private static final int NUMBER = 6;

  private final InetSocketAddress hub;
  private final long delayNanos;
  private final int spreadMillis;
  private final int doubledPercent;
  private final SplittableRandom random = new SplittableRandom();
  private final PriorityQueue<Packet> waiting =
      new PriorityQueue<>(Comparator.comparing(Packet::atNanos).thenComparing(Packet::number));
  private long packets;

  private record Packet(long atNanos, long number, byte[] bytes) {}

  private Relay(String hub, int delayMillis, int spreadMillis, int doubledPercent) {
    this.hub = new InetSocketAddress(hub, PORT);
    this.delayNanos = delayMillis * 1_000_000L;
    this.spreadMillis = spreadMillis;
    this.doubledPercent = doubledPercent;
  }

  /** {@code ADDRESS-OF-HUB DELAY-MS SPREAD-MS DOUBLED-PERCENT}. */
  public static void main(String[] words) throws IOException {
    Thread.ofPlatform().daemon(true).start(Relay::endWithInput);
    new Relay(
            words[0],
            Integer.parseInt(words[1]),
            Integer.parseInt(words[2]),
            Integer.parseInt(words[3]))
        .run();
  }

  private static void endWithInput() {
    try {
      while (System.in.read() >= 0) {
        // nothing is said to it
      }
    } catch (IOException broken) {
      // the same as its end
    }
    Runtime.getRuntime().halt(0);
  }

  private void run() throws IOException {
    try (DatagramChannel channel = DatagramChannel.open();
        Selector selector = Selector.open()) {
      channel.bind(new InetSocketAddress("0.0.0.0", PORT));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      System.out.println("ready");
      ByteBuffer bytes = ByteBuffer.allocate(LONGEST_PACKET);
      while (true) {
        pause(selector);
        selector.selectedKeys().clear();
        while (channel.receive(bytes.clear()) != null) {
          take(bytes.flip());
        }
        send(channel);
      }
    }
  }

  private void pause(Selector selector) throws IOException {
    Packet next = waiting.peek();
    long nanos = next == null ? Long.MAX_VALUE : next.atNanos() - System.nanoTime();
    if (next == null) {
      selector.select();
    } else if (nanos > 1_000_000) {
      selector.select(nanos / 1_000_000);
    } else {
      selector.selectNow();
    }
  }

  private void take(ByteBuffer packet) {
    byte[] bytes = new byte[packet.remaining()];
    packet.get(bytes);
    if (bytes.length <= NUMBER) {
      return;
    }
    bytes[NUMBER] ^= 1;
    int times = random.nextInt(100) < doubledPercent ? 2 : 1;
    for (int time = 0; time < times; time++) {
      long spread = spreadMillis == 0 ? 0 : random.nextInt(spreadMillis) * 1_000_000L;
      waiting.add(new Packet(System.nanoTime() + delayNanos + spread, packets++, bytes));
    }
  }

  private void send(DatagramChannel channel) throws IOException {
    while (!waiting.isEmpty() && waiting.peek().atNanos() - System.nanoTime() <= 0) {
      channel.send(ByteBuffer.wrap(waiting.remove().bytes()), hub);
    }
  }
}
