package ballot.e2e.torture.world;

import ballot.e2e.site.Network;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A connection to one ZooKeeper server, in ZooKeeper's own words, for looking and for going past
 * ballot. Made on the server's own host, so that nothing that is done to the network cuts it off.
 * For one thread; each call fails after 5 s without an answer.
 */
final class ZooKeeperLine implements AutoCloseable {

  /** Bytes of a terminal's to those of a connection and back: hosts are entered by a program. */
  private static final String RELAY =
      "my $s = IO::Socket::INET->new(PeerAddr => $ARGV[0], Timeout => 2) or exit 1;"
          + "my $w = IO::Select->new($s, \\*STDIN);"
          + "while (my @r = $w->can_read) { for my $h (@r) {"
          + "exit 0 unless sysread($h, my $b, 65536);"
          + "syswrite($h == $s ? \\*STDOUT : $s, $b) } }";

  private static final int DELETE = 2;
  private static final int GET_DATA = 4;
  private static final int SET_DATA = 5;
  private static final int CHILDREN = 8;
  private static final int CLOSE = -11;
  private static final int ANY = -1;
  private static final int NO_NODE = -101;
  private static final long SECONDS = 5;

  /** With it servers make the password of a session from its number. */
  private static final long SUPER_SECRET = 0xB3415C00L;

  private static final int PASSWORD_BYTES = 16;

  private final Process process;
  private final DataOutputStream out;
  private final DataInputStream in;
  private int requests;

  /** A znode. */
  record Node(byte[] data, long changed, long owner) {
    String text() {
      return new String(data, StandardCharsets.UTF_8);
    }
  }

  private ZooKeeperLine(Network.Host host, long session, byte[] password) throws IOException {
    List<String> words = new ArrayList<>(host.words());
    words.addAll(List.of("perl", "-MIO::Socket::INET", "-MIO::Select", "-e", RELAY));
    words.add(host.address() + ":2181");
    this.process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    this.out = new DataOutputStream(process.getOutputStream());
    this.in = new DataInputStream(process.getInputStream());
    try {
      greet(session, password);
    } catch (IOException refused) {
      close();
      throw refused;
    }
  }

  /** One with a session of its own. */
  static ZooKeeperLine to(Network.Host host) throws IOException {
    return new ZooKeeperLine(host, 0, new byte[PASSWORD_BYTES]);
  }

  /** Ends the session of somebody else. */
  static void end(Network.Host host, long session) throws IOException {
    byte[] password = new byte[PASSWORD_BYTES];
    new Random(session ^ SUPER_SECRET).nextBytes(password);
    try (ZooKeeperLine taken = new ZooKeeperLine(host, session, password)) {
      taken.ask(CLOSE, request -> {});
    }
  }

  private void greet(long session, byte[] password) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream hello = new DataOutputStream(bytes);
    hello.writeInt(0);
    hello.writeLong(0);
    hello.writeInt((int) TimeUnit.SECONDS.toMillis(SECONDS));
    hello.writeLong(session);
    buffer(hello, password);
    hello.writeBoolean(false);
    send(bytes.toByteArray());
    DataInputStream answer = receive();
    answer.readInt();
    if (answer.readInt() <= 0) {
      throw new IOException("no session " + Long.toHexString(session));
    }
  }

  private interface Request {
    void writeTo(DataOutputStream request) throws IOException;
  }

  /** What follows an answer's head; null when there is no such znode. */
  private @org.jspecify.annotations.Nullable DataInputStream ask(int kind, Request request)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream asking = new DataOutputStream(bytes);
    asking.writeInt(++requests);
    asking.writeInt(kind);
    request.writeTo(asking);
    send(bytes.toByteArray());
    DataInputStream answer = receive();
    answer.readInt();
    answer.readLong();
    int error = answer.readInt();
    if (error != 0 && error != NO_NODE) {
      throw new IOException("ZooKeeper's error " + error);
    }
    return error == 0 ? answer : null;
  }

  private void send(byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
    out.flush();
  }

  private DataInputStream receive() throws IOException {
    CompletableFuture<Void> patience =
        CompletableFuture.runAsync(
            process::destroyForcibly, CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS));
    try {
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      return new DataInputStream(new java.io.ByteArrayInputStream(bytes));
    } finally {
      patience.cancel(true);
    }
  }

  private static void text(DataOutputStream request, String text) throws IOException {
    buffer(request, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void buffer(DataOutputStream request, byte[] bytes) throws IOException {
    request.writeInt(bytes.length);
    request.write(bytes);
  }

  private static byte[] buffer(DataInputStream answer) throws IOException {
    byte[] bytes = new byte[Math.max(0, answer.readInt())];
    answer.readFully(bytes);
    return bytes;
  }

  /** What a znode holds. */
  java.util.Optional<Node> read(String path) throws IOException {
    DataInputStream answer =
        ask(
            GET_DATA,
            request -> {
              text(request, path);
              request.writeBoolean(false);
            });
    if (answer == null) {
      return java.util.Optional.empty();
    }
    byte[] data = buffer(answer);
    answer.readLong();
    long changed = answer.readLong();
    answer.skipBytes(2 * Long.BYTES + 3 * Integer.BYTES);
    return java.util.Optional.of(new Node(data, changed, answer.readLong()));
  }

  /** The names of the znodes below another; none if there is no such znode. */
  List<String> children(String path) throws IOException {
    DataInputStream answer =
        ask(
            CHILDREN,
            request -> {
              text(request, path);
              request.writeBoolean(false);
            });
    List<String> names = new ArrayList<>();
    if (answer == null) {
      return names;
    }
    int count = answer.readInt();
    for (int each = 0; each < count; each++) {
      names.add(new String(buffer(answer), StandardCharsets.UTF_8));
    }
    return names;
  }

  /** Writes over whatever is there. */
  void write(String path, String data) throws IOException {
    ask(
        SET_DATA,
        request -> {
          text(request, path);
          text(request, data);
          request.writeInt(ANY);
        });
  }

  /** Removes a znode, if it is there. */
  void delete(String path) throws IOException {
    ask(
        DELETE,
        request -> {
          text(request, path);
          request.writeInt(ANY);
        });
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
