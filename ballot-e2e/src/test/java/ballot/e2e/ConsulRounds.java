package ballot.e2e;

import ballot.e2e.site.Consul;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@link Rounds} on a Consul agent of their own. {@code ROUNDS FOLDER}. */
final class ConsulRounds {

  private ConsulRounds() {}

  /** For the command under bench/. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]).toAbsolutePath();
    Rounds.Result result;
    try (Consul consul = Consul.start(folder)) {
      Path rounds = Files.createDirectory(folder.resolve("rounds"));
      result = new Rounds(rounds, consul.options(), System.out).run(Integer.parseInt(arguments[0]));
    }
    result.overlaps().forEach(System.out::println);
    System.exit(result.overlaps().isEmpty() && result.tokensGrow() ? 0 : 1);
  }
}
