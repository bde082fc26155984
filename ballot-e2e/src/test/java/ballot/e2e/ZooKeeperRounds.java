package ballot.e2e;

import ballot.e2e.site.ZooKeeper;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@link Rounds} on ZooKeeper servers of their own. {@code ROUNDS SERVERS FOLDER}. */
final class ZooKeeperRounds {

  private ZooKeeperRounds() {}

  /** For the command under bench/. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[2]).toAbsolutePath();
    Rounds.Result result;
    try (ZooKeeper servers = ZooKeeper.start(folder, Integer.parseInt(arguments[1]))) {
      Path rounds = Files.createDirectory(folder.resolve("rounds"));
      result =
          new Rounds(rounds, servers.options(), System.out).run(Integer.parseInt(arguments[0]));
    }
    result.overlaps().forEach(System.out::println);
    System.exit(result.overlaps().isEmpty() && result.tokensGrow() ? 0 : 1);
  }
}
