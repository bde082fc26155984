package ballot.e2e.site;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A Consul agent on a host of a {@link Network}; tests ask it through a socket in its folder. */
public final class Agent implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final Network.Host host;
  private final String node;
  private final Path folder;
  private final List<String> line;
  private Process process;
  private boolean closed;

  private Agent(Network.Host host, String node, Path folder, List<String> more) throws IOException {
    this.host = host;
    this.node = node;
    this.folder = Files.createDirectories(folder.resolve(node));
    this.line = new ArrayList<>(host.words());
    line.addAll(List.of(Consul.program(), "agent", "-node", node, "-bind", host.address()));
    line.addAll(List.of("-data-dir", this.folder.resolve("data").toString()));
    line.addAll(List.of("-config-dir", this.folder.toString()));
    line.addAll(more);
    Files.writeString(this.folder.resolve("quick.json"), QUICK.formatted(socket()));
    this.process = launch();
  }

  /** Dead nodes are noticed within two seconds or so, as on a network of this size. */
  private static final String QUICK =
      """
      {"ports": {"dns": -1, "grpc": -1}, "enable_local_script_checks": true,
       "addresses": {"http": "127.0.0.1 unix://%s"},
       "performance": {"raft_multiplier": 1}, "leave_on_terminate": false,
       "gossip_lan": {"probe_interval": "200ms", "probe_timeout": "100ms", "suspicion_mult": 3},
       "disable_update_check": true}
      """;

  /**
   * One that is started and not waited for.
   *
   * @param more its own options
   */
  public static Agent launch(Network.Host host, String node, Path folder, List<String> more)
      throws IOException {
    return new Agent(host, node, folder, more);
  }

  /** The one server. */
  public static Agent server(Network.Host host, Path folder) throws Exception {
    Agent agent = new Agent(host, "server", folder, List.of("-server", "-bootstrap-expect", "1"));
    agent.ready();
    return agent;
  }

  /**
   * An agent of a server.
   *
   * @param services registered with it, as in its configuration
   */
  public static Agent client(
      Network.Host host, String node, Path folder, Agent server, String services) throws Exception {
    Path own = Files.createDirectories(folder.resolve(node));
    Files.writeString(own.resolve("services.json"), services);
    List<String> join = List.of("-retry-join", server.host.address(), "-retry-interval", "1s");
    Agent agent = new Agent(host, node, folder, join);
    agent.ready();
    return agent;
  }

  private Path socket() {
    return folder.resolve("http.sock");
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  /** Waits until it and its servers know of it. */
  public void ready() throws Exception {
    Await.until(
        SOON,
        () -> "agent " + node + " knows the node " + node,
        () -> get("/v1/health/node/" + node).contains("serfHealth"));
  }

  /** Waits until it reaches its server. */
  public void awaitServer() throws Exception {
    Await.until(
        SOON.multipliedBy(2),
        () -> "agent " + node + " reaches its server",
        () -> get("/v1/status/leader").contains(":"));
  }

  /** Its process, until it is launched again. */
  public long pid() {
    return process.pid();
  }

  /** Whether its process runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Kills it. */
  public synchronized void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  /** Ends what {@link #kill} began. */
  public void launchAgain() throws Exception {
    relaunch();
    ready();
  }

  /** The same without waiting; nothing when it was closed. */
  public synchronized void relaunch() throws IOException {
    if (!closed) {
      process = launch();
    }
  }

  /** The body of an answer, or nothing when there is none. */
  public String get(String path) {
    return call("GET", path, "");
  }

  public String put(String path, String body) {
    return call("PUT", path, body);
  }

  public void delete(String path) {
    call("DELETE", path, "");
  }

  private String call(String method, String path, String body) {
    String answer = exchange(method, path, body);
    boolean isGood = answer.startsWith("HTTP/1.0 200") || answer.startsWith("HTTP/1.1 200");
    int end = answer.indexOf("\r\n\r\n");
    return isGood && end > 0 ? answer.substring(end + 4) : "";
  }

  /** An answer with its head, whatever it says, or nothing when there is none within 5 s. */
  public String exchange(String method, String path, String body) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // an agent that is stopped takes a question and answers none
      CompletableFuture.delayedExecutor(5, TimeUnit.SECONDS).execute(() -> close(channel));
      channel.connect(UnixDomainSocketAddress.of(socket()));
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      String head =
          "%s %s HTTP/1.0\r\nContent-Length: %d\r\n\r\n".formatted(method, path, bytes.length);
      channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
      channel.write(ByteBuffer.wrap(bytes));
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException noAnswer) {
      return "";
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException alreadyBroken) {
      // it is closed
    }
  }

  @Override
  public synchronized void close() throws InterruptedException {
    closed = true;
    kill();
  }
}
