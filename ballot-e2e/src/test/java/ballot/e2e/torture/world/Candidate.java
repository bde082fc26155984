package ballot.e2e.torture.world;

import ballot.api.BootClock;
import ballot.e2e.site.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** One that stands, and is started again whenever it has ended. Safe for use by many threads. */
public final class Candidate {

  private final Site site;
  private final Path folder;
  private final Charge charge;
  private final Map<String, String> environment;
  private @Nullable Incarnation current;
  private int incarnations;
  private final Set<Integer> asked = ConcurrentHashMap.newKeySet();

  /**
   * What it is started for.
   *
   * @param name by which people tell the candidate
   * @param verb the command of ballot
   * @param words how the command line goes on, given the number of the start
   * @param environment its own
   */
  public record Charge(
      String name,
      List<String> verb,
      IntFunction<List<String>> words,
      Map<String, String> environment) {

    /** One with nothing of its own in its environment. */
    public Charge(String name, List<String> verb, IntFunction<List<String>> words) {
      this(name, verb, words, Map.of());
    }
  }

  /**
   * One start of it.
   *
   * @param number from 1
   * @param beganNanos when, on the boot clock
   */
  public record Incarnation(Candidate candidate, int number, Program program, long beganNanos) {

    /** Notes that it is told to leave. */
    public void askedToLeave() {
      candidate.asked.add(number);
    }

    /** Whether it was told to leave. */
    public boolean wasAskedToLeave() {
      return candidate.asked.contains(number);
    }

    /** What it logs to. */
    public Path log() {
      return candidate.folder.resolve(candidate.output(number) + ".out");
    }

    /** By which reports tell it. */
    public String title() {
      return candidate.name() + "." + number;
    }
  }

  Candidate(Site site, Path folder, Charge charge, Map<String, String> environment)
      throws IOException {
    this.site = site;
    this.folder = Files.createDirectories(folder);
    this.charge = charge;
    this.environment = Map.copyOf(environment);
  }

  /** Whether its wall clock is another than this machine's. */
  public boolean hasOwnClock() {
    return !charge.environment().isEmpty();
  }

  /** Where it stands. */
  public Site site() {
    return site;
  }

  /** By which people tell it. */
  public String name() {
    return charge.name();
  }

  /** The start that runs, or has run last. */
  public synchronized Optional<Incarnation> current() {
    return Optional.ofNullable(current);
  }

  /** The process of ballot, if it runs. */
  public Optional<Long> pid() {
    return current().filter(now -> now.program().isAlive()).map(now -> now.program().pid());
  }

  private String output(int number) {
    return name() + "-" + number;
  }

  /** Starts it. */
  synchronized Incarnation start() throws IOException {
    int number = ++incarnations;
    List<String> line = new ArrayList<>(charge.verb());
    line.addAll(site.options());
    line.addAll(List.of("--candidate-id", name()));
    line.addAll(List.of("--log-level", "debug", "--log-format", "json"));
    line.addAll(charge.words().apply(number));
    Map<String, String> all = new HashMap<>(site.environment());
    all.putAll(environment);
    all.putAll(charge.environment());
    Program program = Program.start(site.words(), folder, output(number), all, line);
    current = new Incarnation(this, number, program, BootClock.nanos());
    return current;
  }
}
