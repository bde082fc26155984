package ballot.e2e;

import ballot.e2e.pausing.BookPage;
import ballot.e2e.pausing.PauseFolder;
import ballot.e2e.pausing.Window;
import ballot.e2e.site.Consul;
import ballot.e2e.site.ZooKeeper;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Five candidates of the packaged program, a tick each second, and the leader killed at the worst
 * moments of a tick, over and over: no tick is run twice, and none is missing of which the ledger
 * says nothing.
 */
final class CronFailovers {

  private static final int CANDIDATES = 5;

  /** So many runs are to be seen after the last kill. */
  private static final int RUNS_AFTERWARDS = 3;

  /** Who runs a tick later than this makes up for ticks that were missed. */
  private static final Duration IN_TIME = Duration.ofMillis(1_500);

  private final String title;
  private final CronCandidates candidates;
  private final PrintStream report;
  private final List<Kill> kills = new ArrayList<>();

  /** A leader's end. */
  private record Kill(Window window, String candidate, Instant tick) {}

  /** What was counted, and what does not hold. */
  record Result(int kills, int ticks, List<String> faults) {}

  private CronFailovers(String title, CronCandidates candidates, PrintStream report) {
    this.title = title;
    this.candidates = candidates;
    this.report = report;
  }

  /** Starts the servers of a backend and kills its leaders, once for each of these windows. */
  static Result on(String backend, Path folder, List<Window> windows, PrintStream report)
      throws Exception {
    switch (backend) {
      case "local" -> {
        String elections = folder.resolve("elections").toString();
        return on(folder, List.of("--backend", backend, "--local-dir", elections), windows, report);
      }
      case "consul" -> {
        try (Consul consul = Consul.start(folder)) {
          return on(folder, consul.options(), windows, report);
        }
      }
      case "zookeeper" -> {
        try (ZooKeeper servers = ZooKeeper.start(folder, 1)) {
          List<String> options = new ArrayList<>(servers.options());
          options.addAll(List.of("--zookeeper-session-timeout", "2s"));
          return on(folder, options, windows, report);
        }
      }
      default -> throw new IllegalArgumentException("no backend of ours: " + backend);
    }
  }

  private static Result on(
      Path folder, List<String> backend, List<Window> windows, PrintStream report)
      throws Exception {
    Path runs = Files.createDirectory(folder.resolve("runs"));
    try (CronCandidates candidates = new CronCandidates(runs, backend)) {
      return new CronFailovers(backend.get(1), candidates, report).run(windows);
    }
  }

  private Result run(List<Window> windows) throws Exception {
    for (int i = 0; i < CANDIDATES; i++) {
      candidates.stand();
    }
    candidates.awaitStanding();
    for (int i = 0; i < windows.size(); i++) {
      // by turns while it makes up for what it missed, and once it keeps the time
      if ((i + i / Window.values().length) % 2 == 1) {
        awaitRuns(1);
      }
      kill(windows.get(i));
    }
    awaitRuns(RUNS_AFTERWARDS);
    List<CronAccount.Line> lines = CronAccount.lines(candidates.records());
    candidates.leave(lines.getLast().candidate());
    return reckon();
  }

  private void kill(Window window) throws Exception {
    candidates.pauses().want(window);
    PauseFolder.Arrival arrival = candidates.awaitArrival();
    candidates.kill(arrival.candidate());
    candidates.pauses().clear();
    kills.add(new Kill(window, arrival.candidate(), arrival.tick()));
    candidates.stand();
  }

  /** Waits for so many runs more, by whoever leads now, and until they keep the time. */
  private void awaitRuns(int count) throws Exception {
    int before = CronAccount.lines(candidates.records()).size();
    candidates.awaitRecords(
        () -> {
          List<CronAccount.Line> lines = CronAccount.lines(candidates.records());
          return lines.size() >= before + count
              && !lines.getLast().tick().plus(IN_TIME).isBefore(Instant.now());
        });
  }

  private Result reckon() throws Exception {
    CronAccount account = CronAccount.of(candidates.records(), candidates.pages());
    List<String> faults = new ArrayList<>(account.faults());
    kills.forEach(kill -> check(kill, account, faults));
    checkInfo(account, faults);
    List<Instant> ticks = account.ticks();
    report.printf("%s: %d leaders killed, of %d candidates%n", title, kills.size(), CANDIDATES);
    for (Window window : Window.values()) {
      Map<String, Integer> fates = new TreeMap<>();
      kills.stream()
          .filter(kill -> kill.window() == window)
          .forEach(kill -> fates.merge(account.fate(kill.tick()), 1, Integer::sum));
      int all = fates.values().stream().mapToInt(Integer::intValue).sum();
      report.printf("  %-28s %3d times, its tick: %s%n", window.title(), all, fates);
    }
    report.printf(
        "  %d ticks from %s to %s: %s%n",
        ticks.size(), ticks.getFirst(), ticks.getLast(), account.fates());
    report.printf(
        "  %s%n",
        faults.isEmpty()
            ? "none twice, none missing without a word in the ledger, tokens only grow"
            : "FAULTS: " + faults);
    return new Result(kills.size(), ticks.size(), faults);
  }

  /** Whether the tick at which a leader was killed has become what it must at that window. */
  private static void check(Kill kill, CronAccount account, List<String> faults) {
    List<CronAccount.Line> lines = account.linesOf(kill.tick());
    boolean byTheKilled =
        lines.stream().anyMatch(line -> line.candidate().equals(kill.candidate()));
    String outcome = account.outcome(kill.tick()).orElse("");
    boolean holds =
        switch (kill.window()) {
          case CLAIM_SENT -> !byTheKilled;
          case CLAIM_TAKEN, CLAIM_ANSWERED -> lines.isEmpty() && outcome.equals("unknown");
          case COMMAND_STARTED, OUTCOME_SENT ->
              byTheKilled && (outcome.equals("abandoned") || outcome.equals("unknown"));
          case OUTCOME_TAKEN -> byTheKilled && outcome.equals("succeeded");
        };
    if (!holds) {
      faults.add(kill + ", but that tick: " + account.fate(kill.tick()));
    }
  }

  /** What the copies of pages say is what an onlooker reads in the store itself. */
  private void checkInfo(CronAccount account, List<String> faults) throws Exception {
    String info = candidates.info();
    List<BookPage.Run> last = BookPage.of(info).runs();
    if (last.size() < RUNS_AFTERWARDS) {
      faults.add("info shows too few runs: " + info);
    }
    for (BookPage.Run run : last) {
      String kept = account.outcome(run.tick()).orElse("nothing");
      if (!kept.equals(run.outcome())) {
        faults.add("info says %s, the pages %s".formatted(run, kept));
      }
    }
  }

  /** {@code KILLS FOLDER BACKEND…}: for the command under bench/. */
  public static void main(String[] arguments) throws Exception {
    int kills = Integer.parseInt(arguments[0]);
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < kills; i++) {
      windows.add(Window.values()[i % Window.values().length]);
    }
    boolean all = true;
    for (int i = 2; i < arguments.length; i++) {
      Path folder = Files.createDirectory(Path.of(arguments[1], arguments[i]).toAbsolutePath());
      all &= on(arguments[i], folder, windows, System.out).faults().isEmpty();
    }
    System.exit(all ? 0 : 1);
  }
}
