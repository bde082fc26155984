package ballot.consul;

import ballot.testkit.Await;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real agent of Consul on ports of its own, for tests. The program is the one that {@code
 * BALLOT_TEST_CONSUL} names, else the installed one; {@code scripts/test} brings one.
 */
final class ConsulAgent implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(40);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final List<String> command;
  private final Path folder;
  private final Ports ports;
  private final String token;
  private Process process;

  /** The ports of an agent. */
  record Ports(int http, int https, int serf, int server) {

    static Ports free() {
      List<ServerSocket> sockets = new ArrayList<>();
      try {
        for (int count = 0; count < 4; count++) {
          sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        List<Integer> free = sockets.stream().map(ServerSocket::getLocalPort).toList();
        return new Ports(free.get(0), free.get(1), free.get(2), free.get(3));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      } finally {
        for (ServerSocket socket : sockets) {
          try {
            socket.close();
          } catch (IOException ignored) {
            // a port more or less
          }
        }
      }
    }
  }

  private ConsulAgent(Path folder, Ports ports, List<String> command, String token)
      throws IOException {
    this.folder = folder;
    this.ports = ports;
    this.command = command;
    this.token = token;
    this.process = launch();
  }

  /** The program. */
  static String program() {
    return Optional.ofNullable(System.getenv("BALLOT_TEST_CONSUL")).orElse("consul");
  }

  /** A server that holds everything in memory. */
  static ConsulAgent dev(String... more) throws IOException {
    return start(config("{}"), Stream.concat(Stream.of("-dev"), Stream.of(more)).toList(), "");
  }

  /** A server that holds everything in memory, with more configuration, asked with a token. */
  static ConsulAgent configured(String json, String token) throws IOException {
    return start(config(json), List.of("-dev"), token);
  }

  /** One of several servers, with its state on disk. */
  static ConsulAgent server(int expected, ConsulAgent... others) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-server", "-bootstrap-expect=" + expected));
    arguments.addAll(joining(others));
    return start(config("{\"performance\": {\"raft_multiplier\": 1}}"), arguments, "");
  }

  /** An agent that is no server. */
  static ConsulAgent client(ConsulAgent... servers) throws IOException {
    return start(config("{}"), joining(servers), "");
  }

  private static List<String> joining(ConsulAgent... others) {
    return Stream.of(others).map(other -> "-retry-join=127.0.0.1:" + other.ports.serf).toList();
  }

  private static Path config(String json) throws IOException {
    Path folder = Files.createTempDirectory("ballot-consul-");
    Files.writeString(folder.resolve("config.json"), json);
    return folder;
  }

  private static ConsulAgent start(Path folder, List<String> arguments, String token)
      throws IOException {
    Ports ports = Ports.free();
    List<String> command = new ArrayList<>(List.of(program(), "agent"));
    command.addAll(arguments);
    command.addAll(
        List.of(
            "-config-file=" + folder.resolve("config.json"),
            "-node=node-" + ports.http,
            "-bind=127.0.0.1",
            "-http-port=" + ports.http,
            "-dns-port=-1",
            "-grpc-port=-1",
            "-serf-lan-port=" + ports.serf,
            "-serf-wan-port=-1",
            "-server-port=" + ports.server));
    if (!arguments.contains("-dev")) {
      command.addAll(List.of("-data-dir=" + folder.resolve("data"), "-retry-interval=1s"));
    }
    return new ConsulAgent(folder, ports, command, token);
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  /** Waits until sessions can be created on its node. */
  ConsulAgent ready() {
    Await.until("a Consul agent is ready", START, this::isReady);
    return this;
  }

  private boolean isReady() {
    if (!process.isAlive()) {
      throw new AssertionError("the Consul agent ended: " + log());
    }
    try {
      return get("/v1/status/leader").getAsString().contains(":")
          && !get("/v1/catalog/node/" + node()).isJsonNull()
          && get("/v1/catalog/node/" + node()).getAsJsonObject().has("Node")
          && get("/v1/health/node/" + node()).toString().contains("\"serfHealth\"")
          && get("/v1/agent/self").isJsonObject();
    } catch (UncheckedIOException | IllegalStateException | JsonParseException notYet) {
      return false;
    }
  }

  String node() {
    return "node-" + ports.http;
  }

  String address() {
    return "127.0.0.1:" + ports.http;
  }

  int port() {
    return ports.http;
  }

  Ports ports() {
    return ports;
  }

  Path folder() {
    return folder;
  }

  String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  /** What the agent answers to GET; null of JSON for an empty answer. */
  JsonElement get(String path) {
    String body = send("GET", path, "").body();
    return JsonParser.parseString(body.isEmpty() ? "null" : body);
  }

  /** The {@code X-Consul-Index} of an answer. */
  long index(String path) {
    return send("GET", path, "").headers().firstValueAsLong("X-Consul-Index").orElse(0);
  }

  /** What the agent answers to PUT. */
  String put(String path, String body) {
    return send("PUT", path, body).body();
  }

  String delete(String path) {
    return send("DELETE", path, "").body();
  }

  private HttpResponse<String> send(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + address() + path))
            .timeout(Duration.ofSeconds(10))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("X-Consul-Token", token);
    }
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Runs the program's own command line against this agent. */
  Process run(Map<String, String> environment, String... arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of(program()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().put("CONSUL_HTTP_ADDR", address());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Ends it as a power cut would. */
  void kill() {
    process.destroyForcibly();
    await();
  }

  /** Ends it as its init would. */
  void stop() {
    process.destroy();
    await();
  }

  private void await() {
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts it again, with what it left on disk. */
  void again() throws IOException {
    process = launch();
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    kill();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }
}
