package ballot.e2e;

import ballot.e2e.site.Await;
import ballot.e2e.site.Consul;
import ballot.e2e.site.Program;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code consul lock P cmd} and {@code ballot run once --election P/.lock -- cmd}, one holding and
 * one waiting, in turns: the holder ends by itself or by SIGKILL, the other comes to work, and the
 * two commands never run at once.
 */
final class MixedRounds {

  /** {@code consul lock} waits out its lock-delay of 15 s and a TTL of up to 30 s, and 5 s more. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String PREFIX = "service/mixed";

  private final Path folder;
  private final Consul consul;
  private final Witness witness;
  private int candidates;

  MixedRounds(Path folder, Consul consul) throws IOException {
    this.folder = folder;
    this.consul = consul;
    this.witness = new Witness(folder);
  }

  record Result(int rounds, List<String> overlaps) {}

  /** So many rounds in each direction; every other one ends with SIGKILL. */
  Result run(int rounds, PrintStream report) throws Exception {
    int done = 0;
    for (int round = 0; round < rounds; round++) {
      boolean kill = round % 2 == 1;
      long theirs = oursAfterTheirs(kill);
      long ours = theirsAfterOurs(kill);
      done += 2;
      report.printf(
          "round %d (%s): ours %d ms after theirs, theirs %d ms after ours%n",
          round, kill ? "SIGKILL" : "in order", theirs, ours);
    }
    witness.close();
    report.printf(
        "%d rounds, %d overlaps in %d samples%n",
        done, witness.overlaps().size(), witness.samples());
    return new Result(done, witness.overlaps());
  }

  private long oursAfterTheirs(boolean kill) throws Exception {
    String first = "theirs" + ++candidates;
    Process theirs = lock(first);
    awaitStart(first);
    String second = "ours" + ++candidates;
    try (Program ours = ballot(second)) {
      Await.until(PATIENCE, () -> "ours did not wait", () -> ours.stdout().contains("waiting: "));
      long before = System.nanoTime();
      if (kill) {
        killWithCommand(theirs);
      } else {
        witness.letEnd(first);
      }
      awaitStart(second);
      long gap = (System.nanoTime() - before) / 1_000_000;
      witness.letEnd(second);
      ours.await(PATIENCE);
      theirs.waitFor();
      return gap;
    }
  }

  private long theirsAfterOurs(boolean kill) throws Exception {
    String first = "ours" + ++candidates;
    try (Program ours = ballot(first)) {
      awaitStart(first);
      String second = "theirs" + ++candidates;
      Process theirs = lock(second);
      Await.until(
          PATIENCE,
          () -> "consul lock has no session",
          () -> consul.get("/v1/session/list").contains("Consul lock"));
      long before = System.nanoTime();
      if (kill) {
        ours.signal("KILL");
      } else {
        witness.letEnd(first);
      }
      awaitStart(second);
      long gap = (System.nanoTime() - before) / 1_000_000;
      witness.letEnd(second);
      ours.await(PATIENCE);
      theirs.waitFor();
      return gap;
    }
  }

  private Program ballot(String name) throws IOException {
    List<String> line = new ArrayList<>(List.of("run", "once"));
    line.addAll(consul.options());
    line.addAll(List.of("--election", PREFIX + "/.lock", "--candidate-id", name));
    line.addAll(List.of("--on-child-success", "exit", "--on-child-error", "exit"));
    // What the witnessed command leaves behind is stubborn.
    line.addAll(List.of("--stop-timeout", "1s", "--"));
    line.addAll(witness.command(name));
    return Program.start(folder, name, line);
  }

  private Process lock(String name) throws IOException {
    List<String> line = new ArrayList<>(List.of("lock", "-shell=false", PREFIX));
    line.addAll(witness.commandAlone(name));
    ProcessBuilder builder = consul.command(line);
    builder.environment().put("BALLOT_RUN_FENCING_TOKEN", "0");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name + ".out").toFile())
        .start();
  }

  /** {@code consul lock} leaves its command behind when killed, so the test takes it along. */
  private static void killWithCommand(Process theirs) {
    theirs.descendants().forEach(ProcessHandle::destroyForcibly);
    theirs.destroyForcibly();
  }

  private void awaitStart(String name) throws Exception {
    Await.until(
        PATIENCE,
        () -> name + " did not come to work",
        () -> witness.starts().stream().anyMatch(start -> start.candidate().equals(name)));
  }

  /** {@code ROUNDS FOLDER}: for the command under bench/. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]).toAbsolutePath();
    Result result;
    try (Consul consul = Consul.start(folder)) {
      result = new MixedRounds(folder, consul).run(Integer.parseInt(arguments[0]), System.out);
    }
    result.overlaps().forEach(System.out::println);
    System.exit(result.overlaps().isEmpty() ? 0 : 1);
  }
}
