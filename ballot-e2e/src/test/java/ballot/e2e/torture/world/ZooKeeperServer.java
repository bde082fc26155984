package ballot.e2e.torture.world;

import ballot.e2e.site.Network;
import ballot.e2e.site.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A ZooKeeper server on a host of its own, from the jars of the packaged program and two that only
 * a server needs.
 */
final class ZooKeeperServer implements Server, AutoCloseable {

  /** An hour of torture takes a good part of it. */
  private static final int DISK_MEGABYTES = 256;

  private final int number;
  private final Network.Host host;
  private final Path home;
  private final Path configuration;
  private final Disk disk;
  private @Nullable Process process;
  private boolean closed;

  ZooKeeperServer(int number, Network.Host host, Path folder, List<String> members, Undo undo)
      throws IOException, InterruptedException {
    this.number = number;
    this.host = host;
    this.home = folder.resolve(name());
    this.disk = new Disk(home.resolve("data"));
    undo.add(disk);
    Path data = home.resolve("data");
    Files.createDirectories(data);
    disk.mount(DISK_MEGABYTES);
    Files.writeString(data.resolve("myid"), number + "\n");
    List<String> lines = new ArrayList<>();
    lines.addAll(List.of("tickTime=500", "initLimit=40", "syncLimit=8", "dataDir=" + data));
    lines.addAll(List.of("clientPort=2181", "admin.enableServer=false"));
    lines.addAll(List.of("4lw.commands.whitelist=*", "maxClientCnxns=0"));
    lines.addAll(List.of("autopurge.purgeInterval=1", "snapCount=50000"));
    lines.addAll(members);
    this.configuration = Files.write(home.resolve("zoo.cfg"), lines);
  }

  @Override
  public String name() {
    return "server" + number;
  }

  @Override
  public Network.Host host() {
    return host;
  }

  private Process process() {
    if (process == null) {
      throw new IllegalStateException(name() + " was never launched");
    }
    return process;
  }

  @Override
  public Optional<Path> disk() {
    return Optional.of(home.resolve("data"));
  }

  @Override
  public long pid() {
    return process().pid();
  }

  @Override
  public boolean isAlive() {
    return process().isAlive();
  }

  @Override
  public boolean leads() {
    return said("srvr").contains("Mode: leader");
  }

  /** Whether it serves clients. */
  boolean serves() {
    return said("srvr").contains("Mode: ");
  }

  /** The number of znodes that end with a session, in words; nothing when there is none. */
  List<String> ephemerals() {
    return said("mntr")
        .lines()
        .filter(line -> line.startsWith("zk_ephemerals_count") && !line.endsWith("\t0"))
        .toList();
  }

  /** What it says to a word of four letters, asked on its own host. */
  private String said(String word) {
    List<String> line = new ArrayList<>(host.words());
    line.addAll(List.of("timeout", "2", "bash", "-c"));
    String device = "/dev/tcp/" + host.address() + "/2181";
    line.add("exec 3<>" + device + " && printf " + word + " >&3 && cat <&3");
    try {
      Process asked =
          new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException silent) {
      return "";
    }
  }

  @Override
  public synchronized void close() throws InterruptedException {
    closed = true;
    kill();
  }

  @Override
  public synchronized void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Override
  public synchronized void launch() throws IOException {
    if (closed) {
      return;
    }
    Path root = Program.root();
    List<String> line = new ArrayList<>(host.words());
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m"));
    line.addAll(List.of("-Dzookeeper.preAllocSize=512", "-cp"));
    line.add(
        root.resolve("ballot-cli/target/dist/lib")
            + "/*:"
            + root.resolve("ballot-e2e/target/server-lib")
            + "/*");
    line.addAll(List.of("org.apache.zookeeper.server.quorum.QuorumPeerMain", "" + configuration));
    process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()))
            .start();
  }
}
