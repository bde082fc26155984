package ballot.e2e.torture;

import ballot.e2e.torture.witness.Run;
import ballot.e2e.torture.witness.Witness;
import ballot.e2e.torture.world.Candidate;
import ballot.e2e.torture.world.OwnClock;
import ballot.e2e.torture.world.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** What candidates are started for: a mix of the policies that let somebody lead again. */
record Charges(Witness witness, long seed, Path folder) {

  /** The election of {@code run once}. */
  static final String ONCE = "once";

  /** The election of {@code run cron}, with a tick each second. */
  static final String CRON = "cron";

  /** The election of {@code run}. */
  static final String RUN = "run";

  private static final String SERVICE =
      """
      election:
        enabled: [web]
        services:
          web:
            id: web-%1$d
            key: torture/run
            lockDelay: 0s
            execOnPromote: 'sh: echo "promote s%1$d $BALLOT_RUN_FENCING_TOKEN" >> %2$s'
            execOnDemote: 'sh: echo "demote s%1$d $BALLOT_RUN_FENCING_TOKEN" >> %2$s'
      """;

  private static final int RERUNS_SUCCESS = 2;
  private static final int RERUNS_ERROR = 4;
  private static final int HAS_OWN_CLOCK = 5;

  Candidate.Charge once(Site site) {
    List<String> policies =
        switch (site.number()) {
          case 1 -> List.of();
          case RERUNS_SUCCESS -> List.of("--on-child-success", "rerun");
          case 3 -> List.of("--on-child-success", "exit", "--on-child-error", "exit");
          case RERUNS_ERROR -> List.of("--on-child-error", "rerun");
          default -> List.of("--on-child-success", "ignore", "--on-child-error", "exit");
        };
    Candidate.Charge charge = charge("c" + site.number(), ONCE, policies);
    return site.number() == HAS_OWN_CLOCK
        ? new Candidate.Charge(
            charge.name(),
            charge.verb(),
            charge.words(),
            OwnClock.of(charge.name(), folder).environment())
        : charge;
  }

  Candidate.Charge cron(Site site) {
    List<String> policies = List.of("--schedule", "@every 1s", "--catch-up", "all");
    return charge("k" + site.number(), CRON, policies);
  }

  /** Of a service with an instance for each; hooks leave a line each. */
  Candidate.Charge run(Site site) {
    Path file = folder.resolve("s" + site.number() + ".yaml");
    try {
      Files.writeString(file, SERVICE.formatted(site.number(), hooks(folder)));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    return new Candidate.Charge(
        "s" + site.number(), List.of("run"), incarnation -> List.of("--config", file.toString()));
  }

  /** Where hooks leave their lines. */
  static Path hooks(Path folder) {
    return folder.resolve("hooks");
  }

  private Candidate.Charge charge(String name, String election, List<String> policies) {
    return new Candidate.Charge(
        name,
        List.of("run", election),
        incarnation -> {
          List<String> words = new ArrayList<>(List.of("--election", "torture/" + election));
          words.addAll(policies);
          words.add("--");
          words.addAll(witness.command(seed, election, name, incarnation));
          return words;
        });
  }

  /** Whether a run may have the term of an earlier one: only if it is what a policy asked for. */
  static boolean mayFollow(Run before, Run after) {
    OptionalInt status = before.status();
    boolean isSuccess = status.isPresent() && status.getAsInt() == 0;
    boolean isSameStart =
        before.start().candidate().equals(after.start().candidate())
            && before.start().incarnation() == after.start().incarnation();
    return isSameStart
        && switch (before.start().candidate()) {
          case "c" + RERUNS_SUCCESS -> isSuccess;
          case "c" + RERUNS_ERROR -> !isSuccess;
          default -> before.start().election().equals(CRON);
        };
  }
}
