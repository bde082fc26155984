package ballot.zookeeper.servers;

import ballot.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real server in a process of its own, which can be killed, frozen and started again on the same
 * port and data.
 */
public final class Server implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Pattern MODE = Pattern.compile("Mode: (\\w+)");

  private final Path folder;
  private final int port;
  private final ServerOptions options;
  private @Nullable Process process;

  Server(int port, List<String> ensemble, int number, ServerOptions options) {
    this.port = port;
    this.options = options;
    try {
      this.folder = Files.createTempDirectory("ballot-zookeeper-");
      Files.createDirectory(folder.resolve("data"));
      Files.writeString(folder.resolve("data/myid"), number + "\n");
      Files.write(folder.resolve("zoo.cfg"), configuration(ensemble));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** One server alone, ready. */
  public static Server start(ServerOptions options) {
    return launched(options).ready();
  }

  /** One server alone, which may not be ready yet. */
  public static Server launched(ServerOptions options) {
    Server server = new Server(Ports.free(1).getFirst(), List.of(), 1, options);
    server.launch();
    return server;
  }

  /** One server alone with sessions from 1 s to 10 s, ready. */
  public static Server start() {
    return start(ServerOptions.usual());
  }

  private List<String> configuration(List<String> ensemble) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "tickTime=" + options.tick().toMillis(),
                "initLimit=40",
                "syncLimit=8",
                "dataDir=" + folder.resolve("data"),
                "clientPort=" + port,
                "clientPortAddress=127.0.0.1",
                "maxClientCnxns=0",
                "admin.enableServer=false",
                "4lw.commands.whitelist=*"));
    lines.addAll(ensemble);
    lines.addAll(options.lines());
    return lines;
  }

  /** Starts the process, and does not wait. */
  public void launch() {
    List<String> properties = new ArrayList<>(options.properties());
    properties.add("-Dzookeeper.preAllocSize=512");
    properties.add("-Dzookeeper.forceSync=no");
    properties.add("-Dzookeeper.admin.enableServer=false");
    try {
      process =
          Children.command(
                  ServerMain.class, properties, List.of(folder.resolve("zoo.cfg").toString()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Loses everything that it knows; it is not running. */
  public void forget() {
    try (Stream<Path> files = Files.walk(folder.resolve("data/version-2"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Waits until it serves clients. */
  public Server ready() {
    Await.until("a ZooKeeper server is ready: " + log(), START, this::serves);
    return this;
  }

  private Path log() {
    return folder.resolve("log");
  }

  private boolean serves() {
    if (!running().isAlive()) {
      throw new AssertionError("the ZooKeeper server ended, see " + log());
    }
    return !mode().isEmpty();
  }

  private Process running() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    return running;
  }

  /** {@code standalone}, {@code leader}, {@code follower}, or empty when it serves nobody. */
  public String mode() {
    try {
      Matcher mode = MODE.matcher(FourLetterWord.ask(port, "srvr"));
      return mode.find() ? mode.group(1) : "";
    } catch (IOException silent) {
      return "";
    }
  }

  public int port() {
    return port;
  }

  /** For a connection string. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** The same for those who speak TLS. */
  public String secureAddress() {
    return "127.0.0.1:" + options.securePort();
  }

  /** The server's own folder, for files that belong to it. */
  public Path folder() {
    return folder;
  }

  /** Its unit of time. */
  public Duration tick() {
    return options.tick();
  }

  /** What the server knows of each client that is connected to it. */
  public Map<Long, Connection> connections() {
    try {
      return Connection.all(FourLetterWord.ask(port, "cons")).stream()
          .collect(Collectors.toMap(Connection::session, one -> one, (one, other) -> other));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Changes and reads that it has served so far, pings among the reads. */
  public long counter(String name) {
    try {
      Pattern line = Pattern.compile("zk_" + name + "\\s+([0-9.]+)");
      Matcher matcher = line.matcher(FourLetterWord.ask(port, "mntr"));
      if (!matcher.find()) {
        throw new IllegalStateException("no counter zk_" + name);
      }
      return (long) Double.parseDouble(matcher.group(1));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Ends it as a power cut would. */
  public void kill() {
    Children.kill(running());
  }

  /** From now on it does nothing, and its connections stay open. */
  public void freeze() {
    Children.signal(running(), "STOP");
  }

  /** Ends what {@link #freeze} began. */
  public void thaw() {
    Children.signal(running(), "CONT");
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }
}
