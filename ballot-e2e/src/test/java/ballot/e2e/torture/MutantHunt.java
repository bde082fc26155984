package ballot.e2e.torture;

import ballot.e2e.torture.judge.Docket.Violation;
import ballot.e2e.torture.report.Account;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Plants each mutant into the program and lets a torture run, in the mix of faults that it always
 * has, look for it: several seeds for each, each until the first violation.
 */
public final class MutantHunt {

  private static final int SEEDS = 3;

  private MutantHunt() {}

  /** {@code FOLDER OPTION…} of {@code bench/torture}; the seed is where the seeds come from. */
  public static void main(String[] arguments) throws Exception {
    Wishes wishes;
    try {
      wishes = Wishes.parse(Arrays.asList(arguments));
    } catch (IllegalArgumentException wrong) {
      System.err.println("mutants: " + wrong.getMessage());
      System.exit(64);
      return;
    }
    List<String> names = wishes.mutant().map(List::of).orElse(Mutants.NAMES);
    System.out.printf("%-22s %-12s %8s  %-10s %s%n", "mutant", "store", "seed", "caught", "by");
    boolean areAllCaught = true;
    for (String name : names) {
      long[] seeds = new SplittableRandom(wishes.seed()).longs(SEEDS, 0, 1_000_000).toArray();
      for (long seed : seeds) {
        areAllCaught &= hunt(wishes.hunting(name, seed));
      }
    }
    System.exit(areAllCaught ? 0 : 1);
  }

  private static boolean hunt(Wishes wishes) throws Exception {
    String mutant = wishes.mutant().orElseThrow();
    Path log = Files.createDirectories(wishes.folder()).resolve("log");
    Account account;
    try (PrintStream out = new PrintStream(Files.newOutputStream(log), true)) {
      account = Torture.run(wishes, out).getFirst();
    }
    Optional<Violation> first = account.violations().stream().filter(wishes::endsWith).findFirst();
    System.out.printf(
        "%-22s %-12s %8d  %-10s %s%n",
        mutant,
        account.world(),
        wishes.seed(),
        first
            .map(each -> "%.1f s".formatted(account.afterMillis(each) / 1_000.0))
            .orElse("NOT CAUGHT"),
        first.map(each -> each.rule() + ": " + each.what()).orElse("see " + log));
    return first.isPresent();
  }
}
