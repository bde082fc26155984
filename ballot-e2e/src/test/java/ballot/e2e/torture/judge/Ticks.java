package ballot.e2e.torture.judge;

import ballot.e2e.torture.witness.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What became of the ticks of a schedule with one each second: none is run twice, and each is run
 * or named by a log as one that was not, or of which nobody can say. A command that could not be
 * started, or was killed before it had said its first word, is known by the log alone.
 */
public final class Ticks {

  private static final String TIME = "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ)";
  private static final Pattern ONE =
      Pattern.compile("tick " + TIME + " (?:is not run|stays unknown|was run|was claimed)");
  private static final Pattern TAKEN = Pattern.compile("\"message\":\"tick " + TIME + "[,\"]");
  private static final Pattern FATE = Pattern.compile("\"message\":\"command (?:not )?started");
  private static final Pattern MANY =
      Pattern.compile("ticks from " + TIME + " to " + TIME + " are not run");

  private final Docket docket;
  private final Map<Instant, Run> runs = new HashMap<>();
  private int named;

  /** None yet. */
  public Ticks(Docket docket) {
    this.docket = docket;
  }

  /** A run of a tick has begun. */
  synchronized void began(Run run) {
    Run before = runs.putIfAbsent(Instant.parse(run.start().tick()), run);
    if (before != null) {
      docket.note("I6", "tick " + run.start().tick() + " was run twice: " + before + ", " + run);
    }
  }

  /** How many were run. */
  public synchronized int run() {
    return runs.size();
  }

  /** How many were not run, and named. */
  public synchronized int named() {
    return named;
  }

  /** Looks for ticks of which nothing is said, when all have left. */
  public synchronized void close(Path logs) throws IOException {
    if (runs.isEmpty()) {
      return;
    }
    Set<Instant> told = new TreeSet<>();
    try (Stream<Path> files = Files.list(logs)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".out")).toList()) {
        readAll(log, told);
      }
    }
    Instant first = new TreeSet<>(runs.keySet()).getFirst();
    Instant last = new TreeSet<>(runs.keySet()).getLast();
    List<Instant> missing =
        Stream.iterate(first, tick -> tick.isBefore(last), tick -> tick.plusSeconds(1))
            .filter(tick -> !runs.containsKey(tick))
            .toList();
    named = (int) missing.stream().filter(told::contains).count();
    List<Instant> lost = missing.stream().filter(tick -> !told.contains(tick)).toList();
    if (!lost.isEmpty()) {
      docket.note("I6", "neither run nor named: " + lost);
    }
  }

  private static void readAll(Path log, Set<Instant> told) throws IOException {
    Optional<Instant> taken = Optional.empty();
    for (String line : Files.readAllLines(log)) {
      Matcher tick = TAKEN.matcher(line);
      if (tick.find()) {
        taken = Optional.of(Instant.parse(tick.group(1)));
      }
      if (FATE.matcher(line).find()) {
        taken.ifPresent(told::add);
      }
      if (line.contains("tick")) {
        read(line, told);
      }
    }
  }

  private static void read(String line, Set<Instant> told) {
    Matcher one = ONE.matcher(line);
    Matcher many = MANY.matcher(line);
    if (one.find()) {
      told.add(Instant.parse(one.group(1)));
    }
    if (many.find()) {
      Instant last = Instant.parse(many.group(2));
      for (Instant tick = Instant.parse(many.group(1));
          !tick.isAfter(last);
          tick = tick.plusSeconds(1)) {
        told.add(tick);
      }
    }
  }
}
