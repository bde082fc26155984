package ballot.consul;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A proxy between a store and its agent that writes down what is asked, and meddles with it: lets
 * requests hang, answers itself, cuts answers off.
 */
final class Meddler implements AutoCloseable {

  private final int upstream;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicLong answered = new AtomicLong();
  private volatile Function<Request, Deed> rule = request -> Deed.PASS;

  /** What is done with a request. */
  sealed interface Deed {
    Deed PASS = new Pass();
    Deed HANG = new Hang();
    Deed CUT = new Cut();
    Deed SWALLOW = new Swallow();

    /** The agent answers. */
    record Pass() implements Deed {}

    /** Nobody answers, for as long as this is the rule; then the connection is closed. */
    record Hang() implements Deed {}

    /** The agent is asked, and half of what it says comes back. */
    record Cut() implements Deed {}

    /** The agent is asked, and its answer is lost. */
    record Swallow() implements Deed {}

    /** The agent is asked as soon as that is allowed; what it says is told then. */
    record Late(CountDownLatch allowed, CompletableFuture<String> said) implements Deed {
      Late() {
        this(new CountDownLatch(1), new CompletableFuture<>());
      }
    }

    /** The agent is not asked. */
    record Answer(int status, String body) implements Deed {}
  }

  /** A request as it was sent. */
  record Request(String line, String headers, String body) {

    boolean is(String method, String pathPrefix) {
      return line.startsWith(method + " " + pathPrefix);
    }

    String header(String name) {
      return headers
          .lines()
          .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(header -> header.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  Meddler(int upstream) throws IOException {
    this.upstream = upstream;
    this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  /** From now on every request is dealt with so. */
  void meddle(Function<Request, Deed> deeds) {
    rule = deeds;
  }

  void meddle(Deed deed) {
    meddle(request -> deed);
  }

  /** Nothing is meddled with any more. */
  void behave() {
    meddle(Deed.PASS);
  }

  /** What has been asked so far. */
  List<Request> requests() {
    return List.copyOf(requests);
  }

  /** How many bytes the agent has answered so far. */
  long answered() {
    return answered.get();
  }

  void forget() {
    requests.clear();
  }

  /** Connections that are open now. */
  int connections() {
    return open.size();
  }

  /** Closes all connections, as a restart of the agent does. */
  void cutConnections() {
    open.forEach(Meddler::closeQuietly);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        client.setTcpNoDelay(true);
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket agent = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
      agent.setTcpNoDelay(true);
      watchForTheClientsEnd(client, agent);
      InputStream asked = new BufferedInputStream(client.getInputStream());
      InputStream answered = new BufferedInputStream(agent.getInputStream());
      while (deal(asked, client.getOutputStream(), answered, agent.getOutputStream())) {}
    } catch (IOException over) {
      // one of the two has gone
    } finally {
      open.remove(client);
    }
  }

  /** A blocking question must end at the agent when whoever asked is gone. */
  private void watchForTheClientsEnd(Socket client, Socket agent) {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!client.isClosed() && !agent.isClosed() && !server.isClosed()) {
                LockSupport.parkNanos(20_000_000L);
              }
              closeQuietly(agent);
            });
  }

  private boolean deal(InputStream asked, OutputStream client, InputStream said, OutputStream agent)
      throws IOException {
    Message question = Message.read(asked);
    if (question == null) {
      return false;
    }
    Request request = question.request();
    requests.add(request);
    Function<Request, Deed> now = rule;
    return switch (now.apply(request)) {
      case Deed.Pass pass -> {
        Message answer = pass(question, said, agent);
        answered.addAndGet(answer.whole().length);
        client.write(answer.whole());
        client.flush();
        yield true;
      }
      case Deed.Hang hang -> {
        while (rule == now) {
          LockSupport.parkNanos(5_000_000L);
        }
        yield false;
      }
      case Deed.Cut cut -> {
        byte[] whole = pass(question, said, agent).whole();
        client.write(whole, 0, whole.length - Math.max(1, whole.length / 4));
        client.flush();
        yield false;
      }
      case Deed.Swallow swallow -> {
        var unused = pass(question, said, agent);
        yield false;
      }
      case Deed.Late late -> {
        await(late.allowed());
        Message answer = pass(question, said, agent);
        late.said().complete(answer.request().body());
        client.write(answer.whole());
        client.flush();
        yield true;
      }
      case Deed.Answer answer -> {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        String head =
            "HTTP/1.1 %d Meddled\r\nContent-Length: %d\r\n\r\n"
                .formatted(answer.status(), body.length);
        client.write(head.getBytes(StandardCharsets.US_ASCII));
        client.write(body);
        client.flush();
        yield true;
      }
    };
  }

  private static void await(CountDownLatch allowed) throws IOException {
    try {
      allowed.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  private static Message pass(Message question, InputStream said, OutputStream agent)
      throws IOException {
    agent.write(question.whole());
    agent.flush();
    Message answer = Message.read(said);
    if (answer == null) {
      throw new IOException("the agent hung up");
    }
    return answer;
  }

  /** Head and body, as they came. */
  private record Message(String head, byte[] body) {

    static @Nullable Message read(InputStream from) throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int letter = from.read();
        if (letter < 0) {
          return null;
        }
        head.append((char) letter);
      }
      String text = head.toString();
      String lower = text.toLowerCase(Locale.ROOT);
      if (lower.contains("transfer-encoding: chunked")) {
        return new Message(text, chunks(from));
      }
      int at = lower.indexOf("content-length:");
      int length =
          at < 0
              ? 0
              : Integer.parseInt(lower.substring(at + 15, lower.indexOf("\r\n", at)).strip());
      byte[] body = from.readNBytes(length);
      return body.length < length ? null : new Message(text, body);
    }

    private static byte[] chunks(InputStream from) throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      while (true) {
        String size = line(from, all);
        int length = Integer.parseInt(size.strip(), 16);
        all.write(from.readNBytes(length));
        String unused = line(from, all);
        if (length == 0) {
          return all.toByteArray();
        }
      }
    }

    private static String line(InputStream from, ByteArrayOutputStream copy) throws IOException {
      StringBuilder line = new StringBuilder();
      while (line.indexOf("\r\n") < 0) {
        int letter = from.read();
        if (letter < 0) {
          throw new IOException("cut off");
        }
        copy.write(letter);
        line.append((char) letter);
      }
      return line.toString();
    }

    Request request() {
      int end = head.indexOf("\r\n");
      return new Request(
          head.substring(0, end),
          head.substring(end + 2),
          new String(body, StandardCharsets.UTF_8));
    }

    byte[] whole() {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
      all.writeBytes(body);
      return all.toByteArray();
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // closing is all that was wanted
    }
  }

  @Override
  public void close() {
    rule = request -> Deed.CUT;
    cutConnections();
    try {
      server.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
