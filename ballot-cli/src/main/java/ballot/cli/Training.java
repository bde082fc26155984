package ballot.cli;

import ballot.cli.process.Surroundings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Uses every command once, in one process, so that the launcher's cache of classes has those of all
 * of them. What comes of a command does not matter; none reaches beyond the folder and the
 * loopback.
 */
final class Training {

  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Consul-Index: 1\r\n"
          + "Content-Length: 2\r\nConnection: close\r\n\r\n[]";

  private static final long BOUND_NANOS = 5_000_000_000L;

  private final Path leading;
  private final Surroundings surroundings;

  private Training(Path folder) {
    Surroundings here = Surroundings.ofThisProcess();
    // Not the user's own, which may lead to a store that is in use.
    Map<String, String> environment =
        Map.of(
            "PATH", here.environment().getOrDefault("PATH", ""),
            "HOME", folder.toString(),
            "BALLOT_LOCAL_DIR", folder.toString());
    this.leading = folder.resolve("leading");
    this.surroundings =
        new Surroundings(
            environment,
            folder,
            folder,
            folder.resolve("etc"),
            List.of(),
            here.stdout(),
            here.stderr(),
            here.terminal());
  }

  /** {@code FOLDER}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new Training(Path.of(arguments[0])).train();
    System.exit(0);
  }

  private void train() throws IOException, InterruptedException {
    run("--version");
    run("help run once");
    run("plugins");
    run("info --no-such-option");
    Thread leader = new Thread(this::lead, "leader");
    leader.start();
    awaitLeader();
    Thread next = new Thread(this::waitAndLead, "next");
    next.start();
    for (String format : List.of("table", "json", "yaml")) {
      run("info --backend local --output " + format);
    }
    leader.join();
    next.join();
    run(
        "run cron --backend local --election cron --on-child-success exit --schedule",
        "@every 1s",
        "--",
        "true");
    run("info --backend local --election cron");
    run("fence --token 7 --file", leading.resolveSibling("fence").toString(), "--", "true");
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> answer(listening));
      String store = " --backend consul --consul-address 127.0.0.1:" + listening.getLocalPort();
      run("info" + store);
      run("run once --on-election-failure exit" + store + " -- true");
    }
  }

  /** A store that has nothing to say, which is enough to bring its client to work. */
  private static void answer(ServerSocket listening) {
    while (true) {
      try (Socket asking = listening.accept()) {
        asking.getInputStream().read(new byte[8192]);
        asking.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void lead() {
    run(
        "run once --backend local --on-child-success exit -- sh -c",
        "touch '" + leading + "'; sleep 3"); // as long as it takes to renew, and to rehearse
  }

  private void waitAndLead() {
    run("run once --backend local --on-child-success exit -- true");
  }

  private void awaitLeader() {
    long start = System.nanoTime();
    while (!Files.exists(leading) && System.nanoTime() - start < BOUND_NANOS) {
      LockSupport.parkNanos(10_000_000);
    }
  }

  private void run(String words, String... more) {
    List<String> line = new ArrayList<>(List.of(words.split(" ")));
    line.addAll(List.of(more));
    int unused = Main.run(line, surroundings);
  }
}
