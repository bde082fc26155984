package ballot.e2e.site;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Consul: one agent that is its own server, on ports of its own. */
public final class Consul implements AutoCloseable {

  private final Process process;
  private final int port;

  private Consul(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** The program that {@code scripts/test} found or fetched. */
  public static String program() {
    String given = System.getenv("BALLOT_TEST_CONSUL");
    if (given == null || given.isBlank()) {
      throw new IllegalStateException(
          "BALLOT_TEST_CONSUL does not name a consul program; scripts/test sets it");
    }
    return given;
  }

  /** Starts an agent and waits until it has elected itself. */
  public static Consul start(Path folder, String... moreOptions) throws Exception {
    int[] ports = Ports.free(6);
    List<String> line =
        new ArrayList<>(
            List.of(
                program(),
                "agent",
                "-dev",
                "-bind",
                "127.0.0.1",
                "-node",
                "n" + ports[0],
                "-http-port",
                "" + ports[0],
                "-dns-port",
                "" + ports[1],
                "-serf-lan-port",
                "" + ports[2],
                "-serf-wan-port",
                "" + ports[3],
                "-server-port",
                "" + ports[4],
                "-grpc-port",
                "-1"));
    line.addAll(List.of(moreOptions));
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("consul-" + ports[0] + ".log").toFile())
            .start();
    Consul consul = new Consul(process, ports[0]);
    Await.until(
        Duration.ofSeconds(30),
        () -> "Consul did not elect a leader",
        () -> consul.get("/v1/status/leader").contains(":"));
    return consul;
  }

  public String address() {
    return "127.0.0.1:" + port;
  }

  public List<String> options() {
    return List.of("--backend", "consul", "--consul-address", address());
  }

  /** The body of an answer, or nothing when there is none. */
  public String get(String path) {
    return call("GET", path, "");
  }

  public String put(String path, String body) {
    return call("PUT", path, body);
  }

  private String call(String method, String path, String body) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create("http://" + address() + path).toURL().openConnection();
      connection.setRequestMethod(method);
      connection.setConnectTimeout(2_000);
      connection.setReadTimeout(5_000);
      if (method.equals("PUT")) {
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
      }
      try (InputStream answer = connection.getInputStream()) {
        return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException noAnswer) {
      return "";
    }
  }

  /** Runs the {@code consul} program against this agent. */
  public ProcessBuilder command(List<String> arguments) {
    List<String> line = new ArrayList<>(List.of(program()));
    line.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("CONSUL_HTTP_ADDR", address());
    return builder;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  public static Path folder(Path parent, String name) throws IOException {
    return Files.createDirectories(parent.resolve(name));
  }
}
