package ballot.zookeeper;

import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.zookeeper.foreign.Witness;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A candidate of ours in a process of its own, with the same arguments and orders as the double of
 * the Go tool. At the end of its orders it is gone at once.
 */
final class OursMain {

  private OursMain() {}

  /** Servers, base path, session timeout in milliseconds, candidate's id, folder of the witness. */
  public static void main(String[] arguments) throws Exception {
    Duration timeout = Duration.ofMillis(Long.parseLong(arguments[2]));
    ElectionStore store = Ours.backend().open(Ours.at(arguments[0], timeout));
    Witness witness = new Witness(Path.of(arguments[4]));
    Campaigner campaigner =
        new Campaigner(store, new ElectionName(arguments[1]), arguments[3], witness);
    System.out.println("wall clock " + Instant.now());
    Thread.ofPlatform().daemon(true).name("orders").start(() -> obey(campaigner));
    while (true) {
      System.out.println(
          campaigner.isWaiting() || campaigner.isWorking() ? "standing" : "starting");
      Thread.sleep(Duration.ofMillis(200));
    }
  }

  private static void obey(Campaigner campaigner) {
    try (BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        switch (order) {
          case "give-way" -> campaigner.giveWay();
          case "exit" -> {
            campaigner.close();
            Runtime.getRuntime().halt(0);
          }
          default -> throw new IllegalArgumentException(order);
        }
      }
    } catch (IOException gone) {
      // whoever gave orders has ended
    }
    Runtime.getRuntime().halt(1);
  }
}
