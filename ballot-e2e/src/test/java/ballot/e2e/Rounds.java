package ballot.e2e;

import ballot.e2e.site.Await;
import ballot.e2e.site.Program;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Two candidates of the packaged program, over and over: one leads, one waits; the leader is ended
 * in every way, the other comes to work, and the two commands never run at once.
 */
final class Rounds {

  /** How a leader ends. */
  enum Ending {
    COMMAND_ENDS,
    SIGTERM,
    SIGKILL,
    SIGKILL_OF_GROUP
  }

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Path folder;
  private final List<String> backend;
  private final Witness witness;
  private final PrintStream report;
  private final List<Gap> gaps = new ArrayList<>();
  private int waiterAlive;
  private int candidates;

  /** How long nobody worked after an ending. */
  private record Gap(Ending ending, long millis) {}

  /** A candidate and the program that stands for it. */
  private record Standing(String name, Program program) {}

  Rounds(Path folder, List<String> backend, PrintStream report) throws IOException {
    this.folder = folder;
    this.backend = backend;
    this.witness = new Witness(folder);
    this.report = report;
  }

  /** What was counted over all rounds. */
  record Result(int rounds, int waiterAlive, List<String> overlaps, boolean tokensGrow) {}

  Result run(int rounds) throws Exception {
    Standing leader = stand();
    awaitWork(leader);
    for (int round = 0; round < rounds; round++) {
      leader = round(leader, Ending.values()[round % Ending.values().length]);
    }
    leader.program().signal("TERM");
    leader.program().await(PATIENCE);
    witness.close();
    return report(rounds);
  }

  private Standing round(Standing leader, Ending ending) throws Exception {
    Standing waiter = stand();
    awaitWaiting(waiter);
    waiterAlive += waiter.program().isAlive() && Witness.alive().equals(one(leader)) ? 1 : 0;
    long before = System.nanoTime();
    end(leader, ending);
    awaitWork(waiter);
    gaps.add(new Gap(ending, (System.nanoTime() - before) / 1_000_000));
    leader.program().await(PATIENCE);
    return waiter;
  }

  private static Set<String> one(Standing standing) {
    return Set.of(standing.name());
  }

  private Standing stand() throws IOException {
    String name = "c" + ++candidates;
    List<String> line = new ArrayList<>(List.of("run", "once"));
    line.addAll(backend);
    line.addAll(
        List.of("--candidate-id", name, "--on-child-success", "exit", "--on-child-error", "exit"));
    line.addAll(List.of("--stop-timeout", "1s", "--"));
    line.addAll(witness.command(name));
    return new Standing(name, Program.start(folder, name, line));
  }

  private void awaitWork(Standing standing) throws Exception {
    Await.until(
        PATIENCE,
        () -> standing.name() + " did not come to work\n" + output(standing),
        () ->
            witness.starts().stream().anyMatch(start -> start.candidate().equals(standing.name())));
  }

  private void awaitWaiting(Standing standing) throws Exception {
    Await.until(
        PATIENCE,
        () -> standing.name() + " did not wait\n" + output(standing),
        () -> standing.program().stdout().contains("waiting: "));
  }

  private static String output(Standing standing) {
    try {
      return standing.program().stdout() + standing.program().stderr();
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  private void end(Standing leader, Ending ending) throws Exception {
    switch (ending) {
      case COMMAND_ENDS -> witness.letEnd(leader.name());
      case SIGTERM -> leader.program().signal("TERM");
      case SIGKILL -> leader.program().signal("KILL");
      case SIGKILL_OF_GROUP -> leader.program().killGroup();
    }
  }

  private Result report(int rounds) throws IOException {
    for (Ending ending : Ending.values()) {
      List<Long> sorted =
          gaps.stream().filter(gap -> gap.ending() == ending).map(Gap::millis).sorted().toList();
      if (!sorted.isEmpty()) {
        report.printf(
            "%-17s %3d rounds, next command after %d ms median, %d ms maximum%n",
            ending, sorted.size(), sorted.get(sorted.size() / 2), sorted.getLast());
      }
    }
    List<Long> tokens = witness.starts().stream().map(Witness.Start::token).toList();
    boolean grow =
        IntStream.range(1, tokens.size()).allMatch(i -> tokens.get(i - 1) < tokens.get(i));
    report.printf(
        "%d rounds, the loser really alive in %d, %d overlaps in %d samples, tokens %s%n",
        rounds,
        waiterAlive,
        witness.overlaps().size(),
        witness.samples(),
        grow ? "only grow" : "GO BACK: " + tokens);
    return new Result(rounds, waiterAlive, witness.overlaps(), grow);
  }

  /** {@code ROUNDS FOLDER BACKEND-OPTION…}: for the command under bench/. */
  public static void main(String[] arguments) throws Exception {
    List<String> backend = Arrays.asList(arguments).subList(2, arguments.length);
    Path folder = Path.of(arguments[1]).toAbsolutePath();
    Result result = new Rounds(folder, backend, System.out).run(Integer.parseInt(arguments[0]));
    result.overlaps().forEach(System.out::println);
    System.exit(result.overlaps().isEmpty() && result.tokensGrow() ? 0 : 1);
  }
}
