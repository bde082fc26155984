package ballot.zookeeper.foreign;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The double of the Go tool in a process of its own. Orders come a line: {@code give-way} when its
 * command has ended and the policy is to stand again, {@code exit} when the policy is to end. At
 * the end of its orders it is gone at once.
 */
final class GoMain {

  private GoMain() {}

  /** Servers, base path, session timeout in milliseconds, candidate's id, folder of the witness. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String id = arguments[3];
    Witness witness = new Witness(Path.of(arguments[4]));
    Duration timeout = Duration.ofMillis(Long.parseLong(arguments[2]));
    GoCandidate candidate = new GoCandidate(arguments[0], arguments[1], timeout, id, witness);
    Thread.ofPlatform()
        .daemon(true)
        .name("orders")
        .start(() -> obey(candidate, () -> exit(witness, id)));
    candidate.run();
  }

  private static void obey(GoCandidate candidate, Runnable exit) {
    try (BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        switch (order) {
          case "give-way" -> candidate.giveWay();
          case "exit" -> exit.run();
          default -> throw new IllegalArgumentException(order);
        }
      }
    } catch (IOException gone) {
      // whoever gave orders has ended
    }
    Runtime.getRuntime().halt(1);
  }

  /** The session is left to run out. */
  private static void exit(Witness witness, String id) {
    if (witness.runs().equals(id)) {
      witness.stops(id);
    }
    Runtime.getRuntime().halt(0);
  }
}
