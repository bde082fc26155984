package ballot.exec.hooks;

import ballot.api.HookExecutor;
import ballot.testkit.Await;
import ballot.testkit.HookContract;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract for addresses of either kind. */
abstract class HttpHooksContract extends HookContract {

  private HookServer server;
  private SilentServer silent;

  @BeforeEach
  void open() throws Exception {
    server = new HookServer(identity());
    silent = new SilentServer("");
  }

  @AfterEach
  void close() throws IOException {
    isSoon("no connection is left open", () -> silent.connections() == 0);
    server.close();
    silent.close();
  }

  /** Null for no TLS. */
  abstract @Nullable TlsIdentity identity() throws Exception;

  final HookServer server() {
    return server;
  }

  /** An address at the server. */
  final String at(String path) {
    return "%s://localhost:%d%s".formatted(scheme(), server.port(), path);
  }

  abstract String scheme();

  @Override
  protected HookExecutor executor() {
    return new HttpHooks();
  }

  @Override
  protected String succeeding() {
    return at("/ok");
  }

  @Override
  protected String failing() {
    return at("/fail");
  }

  @Override
  protected String hanging() {
    return "%s://127.0.0.1:%d/hang".formatted(scheme(), silent.port());
  }

  /** The other side sees a connection's end a moment later; what we see counts. */
  @Override
  protected boolean isAtWork() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("ballot-hook-http"));
  }

  @Override
  protected String flooding() {
    return at("/flood");
  }

  @Override
  protected String telling() {
    return at("/told");
  }

  @Override
  protected String told() {
    return server.requests().getLast().body().replace("\\\"", "\"").replace("\\n", "\n");
  }

  @Override
  protected Map<String, String> mistakes() {
    Map<String, String> mistakes = new LinkedHashMap<>();
    mistakes.put("http://", "not an address that can be called");
    mistakes.put("http:///path", "no host");
    mistakes.put("https://host:0/", "a port is a number from 1 to 65535");
    mistakes.put("https://host:123456/", "a port is a number");
    mistakes.put("http://host:eighty/", "no host in it, or not one that could be");
    mistakes.put("http://ho st/", "position 10");
    mistakes.put("http://host/${ADRESS}", "${ADRESS}, did you mean 'ADDRESS'");
    mistakes.put("ftp://host/", "neither http:// nor https://");
    return mistakes;
  }

  static void isSoon(String what, Callable<Boolean> condition) {
    Await.until(what, Duration.ofSeconds(2), condition);
  }
}
