package ballot.e2e.site;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Real ZooKeeper servers, one or an ensemble, on ports of their own. They run from the jars of the
 * packaged program, whose client jar holds the server too, and two that only a server needs.
 */
public final class ZooKeeper implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final List<Integer> ports;
  private final List<String> members;
  private final List<Process> servers = new ArrayList<>();

  private ZooKeeper(Path folder, List<Integer> ports, List<String> members) {
    this.folder = folder;
    this.ports = ports;
    this.members = members;
  }

  /** Starts so many servers and waits until all serve. */
  public static ZooKeeper start(Path folder, int count) throws Exception {
    int[] ports = Ports.free(3 * count);
    List<Integer> clients = IntStream.of(ports).limit(count).boxed().toList();
    ZooKeeper ensemble = new ZooKeeper(folder, clients, count == 1 ? List.of() : members(ports));
    ensemble.startAll();
    return ensemble;
  }

  /** The first third of the ports is for clients, the rest is what servers meet on. */
  private static List<String> members(int[] ports) {
    int count = ports.length / 3;
    return IntStream.range(0, count)
        .mapToObj(
            number ->
                "server.%d=127.0.0.1:%d:%d"
                    .formatted(
                        number + 1, ports[count + 2 * number], ports[count + 2 * number + 1]))
        .toList();
  }

  /** Starts all servers, on the data that they have, and waits until they serve. */
  public void startAll() throws Exception {
    for (int number = 1; number <= ports.size(); number++) {
      Path home = Files.createDirectories(folder.resolve("zookeeper-" + number));
      servers.add(launch(home, number, ports.get(number - 1), members));
    }
    for (int port : ports) {
      Await.until(
          PATIENCE,
          () -> "no ZooKeeper server on port " + port + ", see " + folder,
          () -> ask(port, "srvr").contains("Mode: "));
    }
  }

  /** Kills all servers, as a power cut would. */
  public void killAll() throws InterruptedException {
    servers.forEach(Process::destroyForcibly);
    for (Process server : servers) {
      server.waitFor(10, TimeUnit.SECONDS);
    }
    servers.clear();
  }

  private static Process launch(Path home, int number, int port, List<String> members)
      throws IOException {
    Path data = Files.createDirectories(home.resolve("data"));
    Files.writeString(data.resolve("myid"), number + "\n");
    List<String> lines =
        new ArrayList<>(
            List.of(
                "tickTime=500",
                "initLimit=40",
                "syncLimit=8",
                "dataDir=" + data,
                "clientPort=" + port,
                "clientPortAddress=127.0.0.1",
                "admin.enableServer=false",
                "maxClientCnxns=0",
                "4lw.commands.whitelist=*"));
    lines.addAll(members);
    Path configuration = Files.write(home.resolve("zoo.cfg"), lines);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dzookeeper.preAllocSize=512",
            "-cp",
            Program.root().resolve("ballot-cli/target/dist/lib")
                + "/*:"
                + Program.root().resolve("ballot-e2e/target/server-lib")
                + "/*",
            "org.apache.zookeeper.server.quorum.QuorumPeerMain",
            configuration.toString())
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("log").toFile())
        .start();
  }

  public String servers() {
    return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  public List<String> options() {
    return List.of("--backend", "zookeeper", "--zookeeper-servers", servers());
  }

  /** What the first server counts, a line each. */
  public String facts() {
    return ask(ports.getFirst(), "mntr");
  }

  /** What a server says to a word of four letters; nothing when it does not answer. */
  private static String ask(int port, String word) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      InputStream answer = socket.getInputStream();
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException silent) {
      return "";
    }
  }

  @Override
  public void close() throws InterruptedException {
    killAll();
  }
}
