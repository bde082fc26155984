package ballot.exec.hooks;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A server that answers by path: {@code /ok}, {@code /fail}, {@code /flood}, {@code /away} and
 * {@code /secret}; it keeps what it was sent.
 */
final class HookServer implements AutoCloseable {

  static {
    // Otherwise each answer waits for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** What it was sent. */
  record Request(String method, String target, Headers headers, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  HookServer(@Nullable TlsIdentity identity) throws Exception {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    if (identity == null) {
      server = HttpServer.create(address, 0);
    } else {
      HttpsServer secure = HttpsServer.create(address, 0);
      secure.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
      server = secure;
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders(),
            body));
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case "/fail" -> answer(exchange, 500, "first\r\n\r\nit went wrong\n" + "x".repeat(100_000));
        case "/many" -> answer(exchange, 503, "again\n".repeat(1000));
        case "/away" -> {
          exchange.getResponseHeaders().set("Location", "/ok");
          exchange.sendResponseHeaders(307, -1);
        }
        case "/secret" ->
            answer(exchange, 401, "no " + exchange.getRequestHeaders().getFirst("Authorization"));
        case "/flood" -> flood(exchange);
        default -> exchange.sendResponseHeaders(204, -1);
      }
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void flood(HttpExchange exchange) throws IOException {
    byte[] bytes = "more and more\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(500, 0);
    OutputStream out = exchange.getResponseBody();
    while (!Thread.currentThread().isInterrupted()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
