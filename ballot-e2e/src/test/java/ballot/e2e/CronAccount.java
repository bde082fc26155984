package ballot.e2e;

import ballot.e2e.pausing.BookPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the commands wrote of themselves and what the ledger says, held against each other, tick by
 * tick, for a schedule with a tick each second.
 */
final class CronAccount {

  /** Outcomes of ticks whose command need not have come to leave its record. */
  private static final Set<String> NOT_SURE =
      Set.of("unknown", "abandoned", "stopped", "not-started");

  private final List<Line> lines;
  private final Map<Instant, BookPage.Run> claimed = new TreeMap<>();
  private final Map<Instant, String> notRun = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  /** What one run of the command wrote. */
  record Line(Instant tick, String id, long token, long pid, String candidate) {

    static Line of(String text) {
      String[] words = text.split(" ");
      return new Line(
          Instant.parse(words[0]),
          words[1],
          Long.parseLong(words[2]),
          Long.parseLong(words[3]),
          words[4]);
    }
  }

  private CronAccount(List<Line> lines) {
    this.lines = lines;
  }

  /** Reads the file to which the commands append; nothing if none has. */
  static List<Line> lines(Path file) throws IOException {
    return Files.exists(file)
        ? Files.readAllLines(file).stream().map(Line::of).toList()
        : List.of();
  }

  /**
   * Reads everything.
   *
   * @param records where the commands left theirs
   * @param pages every page of the ledger, one a line, as they came
   */
  static CronAccount of(Path records, Path pages) throws IOException {
    CronAccount account = new CronAccount(lines(records));
    for (String page : Files.readAllLines(pages)) {
      account.turn(BookPage.of(page));
    }
    account.checkLines();
    account.checkTicks();
    return account;
  }

  private void turn(BookPage page) {
    // what is open stays on the pages until it is not, unless the claim is taken back
    claimed.values().removeIf(run -> run.isOpen() && !isOn(page, run));
    for (BookPage.Run run : page.runs()) {
      BookPage.Run before = claimed.put(run.tick(), run);
      if (before != null && before.term() != run.term()) {
        faults.add(
            "tick %s stands in the ledger for two terms, %d and %d"
                .formatted(run.tick(), before.term(), run.term()));
      }
    }
    for (BookPage.NotRun not : page.notRun()) {
      for (Instant tick = not.first(); !tick.isAfter(not.last()); tick = tick.plusSeconds(1)) {
        notRun.put(tick, not.reason());
      }
    }
  }

  private static boolean isOn(BookPage page, BookPage.Run run) {
    return page.runs().stream()
        .anyMatch(other -> other.tick().equals(run.tick()) && other.term() == run.term());
  }

  private void checkLines() {
    Set<String> ids = new HashSet<>();
    Line last = null;
    for (Line line : lines) {
      if (last != null && !line.tick().isAfter(last.tick())) {
        faults.add("twice or out of order: " + line + " after " + last);
      }
      if (last != null && line.token() < last.token()) {
        faults.add("a token went back: " + line + " after " + last);
      }
      if (!ids.add(line.id())) {
        faults.add("two runs have one name: " + line);
      }
      BookPage.Run run = claimed.get(line.tick());
      if (run == null || run.term() != line.token()) {
        faults.add("run without a claim: " + line + ", the ledger has " + run);
      }
      last = line;
    }
  }

  private void checkTicks() {
    for (Instant tick : ticks()) {
      long count = linesOf(tick).size();
      BookPage.Run run = claimed.get(tick);
      if (count > 1) {
        faults.add("tick %s was run %d times: %s".formatted(tick, count, linesOf(tick)));
      } else if (count == 0 && run == null && !notRun.containsKey(tick)) {
        faults.add("tick " + tick + " is missing, and the ledger says nothing of it");
      } else if (count == 0 && run != null && !NOT_SURE.contains(run.outcome())) {
        faults.add("tick " + tick + " was not run, and the ledger says " + run.outcome());
      } else if (notRun.containsKey(tick) && (count > 0 || run != null)) {
        faults.add("tick " + tick + " was run, and the ledger says " + notRun.get(tick));
      }
    }
  }

  /** What does not hold. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** Every tick from the first that was claimed or run to the last that was run. */
  List<Instant> ticks() {
    List<Instant> ticks = new ArrayList<>();
    if (lines.isEmpty()) {
      return ticks;
    }
    Instant first = lines.getFirst().tick();
    for (Instant tick : claimed.keySet()) {
      first = tick.isBefore(first) ? tick : first;
    }
    Instant last = lines.getLast().tick();
    for (Instant tick = first; !tick.isAfter(last); tick = tick.plusSeconds(1)) {
      ticks.add(tick);
    }
    return ticks;
  }

  List<Line> linesOf(Instant tick) {
    return lines.stream().filter(line -> line.tick().equals(tick)).toList();
  }

  /** How the ledger says that a tick ended, in the end; empty if it was not claimed. */
  Optional<String> outcome(Instant tick) {
    return Optional.ofNullable(claimed.get(tick)).map(BookPage.Run::outcome);
  }

  /** What became of a tick, in a few words. */
  String fate(Instant tick) {
    String records = linesOf(tick).isEmpty() ? "not run" : "run once";
    return records
        + ", "
        + outcome(tick).orElse("'" + notRun.getOrDefault(tick, "no word of it") + "'");
  }

  /** How many ticks became what. */
  Map<String, Integer> fates() {
    Map<String, Integer> fates = new TreeMap<>();
    ticks().forEach(tick -> fates.merge(fate(tick), 1, Integer::sum));
    return fates;
  }
}
