package ballot.e2e.torture;

import ballot.e2e.torture.judge.Docket.Violation;
import ballot.e2e.torture.nemesis.Faults;
import ballot.e2e.torture.world.Worlds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the command line asks for.
 *
 * @param length of each world
 * @param only the kinds of faults; empty for all
 * @param late how late a busy machine lets the witness see an end
 * @param mutant the fault to plant into the product, to see it caught
 */
record Wishes(
    Path folder,
    List<String> worlds,
    Duration length,
    long seed,
    List<String> only,
    Optional<Path> report,
    boolean keepGoing,
    Duration late,
    Optional<String> mutant) {

  /** What is added to what is seen from outside, on a machine that has little else to do. */
  static final Duration LATE = Duration.ofMillis(50);

  static final String USAGE =
      "bench/torture [--backend local|consul|consul3|zookeeper|zookeeper3|all] [--for 5m]"
          + " [--seed N] [--only FAULT,...] [--report FILE] [--keep-going] [--mutant NAME]";

  private static final Pattern SPAN = Pattern.compile("(\\d+)(s|m|h)");

  /** Reads {@code FOLDER OPTION…}. */
  static Wishes parse(List<String> words) {
    List<String> worlds = List.of("local");
    Duration length = Duration.ofMinutes(5);
    long seed = new SplittableRandom().nextLong(1_000_000);
    List<String> only = List.of();
    Optional<Path> report = Optional.empty();
    boolean keepGoing = false;
    Optional<String> mutant = Optional.empty();
    List<String> left = new ArrayList<>(words.subList(1, words.size()));
    while (!left.isEmpty()) {
      String option = left.removeFirst();
      switch (option) {
        case "--backend" -> worlds = worlds(value(option, left));
        case "--for" -> length = span(value(option, left));
        case "--seed" -> seed = Long.parseLong(value(option, left));
        case "--only" -> only = known(option, value(option, left), Faults.kinds());
        case "--report" -> report = Optional.of(Path.of(value(option, left)).toAbsolutePath());
        case "--mutant" -> mutant = Optional.of(value(option, left));
        case "--keep-going" -> keepGoing = true;
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
    Path folder = Path.of(words.getFirst()).toAbsolutePath();
    return new Wishes(folder, worlds, length, seed, only, report, keepGoing, LATE, mutant);
  }

  /** Whether a run is over with this; a mutant's only with what shows the mutant. */
  boolean endsWith(Violation violation) {
    return !keepGoing
        && mutant.map(name -> Mutants.shownBy(name).contains(violation.rule())).orElse(true);
  }

  /** The same for one mutant, with the run broken off at what is found first. */
  Wishes hunting(String name, long ofSeed) {
    Path own = folder.resolve(name + "-" + ofSeed);
    Optional<String> planted = Optional.of(name);
    return new Wishes(own, worlds, length, ofSeed, only, report, false, late, planted);
  }

  private static String value(String option, List<String> left) {
    if (left.isEmpty()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return left.removeFirst();
  }

  private static List<String> worlds(String text) {
    return text.equals("all") ? Worlds.NAMES : known("--backend", text, Worlds.NAMES);
  }

  private static List<String> known(String option, String text, List<String> all) {
    List<String> words = Arrays.asList(text.split(","));
    for (String word : words) {
      if (!all.contains(word)) {
        throw new IllegalArgumentException(
            "%s: there is no '%s', but %s".formatted(option, word, String.join(", ", all)));
      }
    }
    return words;
  }

  private static Duration span(String text) {
    Matcher matcher = SPAN.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("--for takes 90s, 5m or 1h, not " + text);
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }
}
