package ballot.e2e;

import ballot.e2e.pausing.PauseFolder;
import ballot.e2e.pausing.Window;
import ballot.e2e.site.Await;
import ballot.e2e.site.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Candidates of the packaged program for one schedule with a tick each second, which make up for
 * every tick, and whose leader holds still where it is asked to.
 */
final class CronCandidates implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** One line in one write. */
  private static final String RECORD =
      """
      echo "$BALLOT_RUN_TICK $BALLOT_RUN_ID $BALLOT_RUN_FENCING_TOKEN $$ $BALLOT_RUN_CANDIDATE_ID" \\
        >>'%s'
      """;

  /**
   * A shell that hears what its own script waits to be told, holds still where that is wanted, and
   * then has the script hear it.
   */
  private static final String UNTIL_TOLD =
      """
      told=
      while IFS= read -r line; do
        told="$told$line
      "
        case $line in
          BALLOT_RUN_TICK=*) BALLOT_RUN_TICK=${line#*=} ;;
          go) break ;;
        esac
      done
      [ "$line" = go ] || exit 125
      if [ "$BALLOT_RUN_TICK" ]; then
      %s
      fi
      exec /bin/sh "$@" <<end
      ${told%%?}
      end
      """;

  private final Path folder;
  private final List<String> backend;
  private final PauseFolder pauses;
  private final Map<String, Program> programs = new LinkedHashMap<>();
  private int count;

  /**
   * None yet.
   *
   * @param backend {@code --backend} and its name, and then its options
   */
  CronCandidates(Path folder, List<String> backend) throws Exception {
    this.folder = folder;
    this.backend = backend;
    this.pauses = new PauseFolder(Files.createDirectory(folder.resolve("pauses")));
    PluginJar.write(
        Files.createDirectory(folder.resolve("plugins")), Window.class, "PausingBackend");
    // what becomes a command after its claim was answered, and the command
    script("shell", UNTIL_TOLD.formatted(pauses.script(Window.CLAIM_ANSWERED)));
    script("command", RECORD.formatted(records()) + pauses.script(Window.COMMAND_STARTED));
  }

  private void script(String name, String lines) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + lines);
    file.toFile().setExecutable(true);
  }

  PauseFolder pauses() {
    return pauses;
  }

  /** What the commands wrote of themselves. */
  Path records() {
    return folder.resolve("told");
  }

  /** Every page of the ledger. */
  Path pages() {
    return pauses.folder().resolve("pages");
  }

  /** One more. */
  void stand() throws IOException {
    String name = "c" + ++count;
    List<String> line = new ArrayList<>(List.of("run", "cron"));
    line.addAll(List.of("--plugin-dir", folder.resolve("plugins").toString()));
    line.addAll(List.of("--schedule", "@every 1s"));
    line.addAll(List.of("--catch-up", "all", "--candidate-id", name));
    line.addAll(List.of("--backend", "pausing", "--pausing-delegate", backend.get(1)));
    line.addAll(List.of("--pausing-folder", pauses.folder().toString()));
    line.addAll(backend.subList(2, backend.size()));
    line.addAll(List.of("--", folder.resolve("command").toString()));
    String shell = "-Dballot.command.shell=" + folder.resolve("shell");
    programs.put(name, Program.start(folder, name, Map.of("BALLOT_JAVA_OPTS", shell), line));
  }

  /** Waits until all but the leader wait. */
  void awaitStanding() throws Exception {
    await(
        "not everybody stood",
        () -> {
          int waiting = 0;
          for (Program program : programs.values()) {
            waiting += program.stdout().contains("waiting: ") ? 1 : 0;
          }
          return waiting >= programs.size() - 1;
        });
  }

  /** Waits until a leader holds still. */
  PauseFolder.Arrival awaitArrival() throws Exception {
    await("no leader came to where it was to hold still", () -> pauses.arrived().isPresent());
    return pauses.arrived().orElseThrow();
  }

  /** Waits until the commands have left such records. */
  void awaitRecords(Await.Condition condition) throws Exception {
    await("the commands left no such records", condition);
  }

  private void await(String failure, Await.Condition condition) throws Exception {
    Await.until(
        PATIENCE,
        () -> failure + output(),
        () -> {
          if (!programs.values().stream().allMatch(Program::isAlive)) {
            throw new AssertionError("one ended by itself" + output());
          }
          return condition.holds();
        });
  }

  /** Kills one, and waits until it is gone. */
  void kill(String candidate) throws Exception {
    Program program = programs.remove(candidate);
    if (program == null) {
      throw new AssertionError(candidate + " is not one of ours" + output());
    }
    program.signal("KILL");
    program.await(PATIENCE);
  }

  /** Asks all to leave, the leader last. */
  void leave(String leader) throws Exception {
    for (String name : programs.keySet()) {
      if (!name.equals(leader)) {
        programs.get(name).signal("TERM");
      }
    }
    for (String name : programs.keySet()) {
      if (!name.equals(leader)) {
        programs.get(name).await(PATIENCE);
      }
    }
    Program last = programs.get(leader);
    if (last != null) {
      last.signal("TERM");
      last.await(PATIENCE);
    }
    programs.clear();
  }

  /** What an onlooker without the plugin is told of the election. */
  String info() throws Exception {
    List<String> line = new ArrayList<>(List.of("info", "-o", "json"));
    line.addAll(backend);
    try (Program info = Program.start(folder, "info", line)) {
      info.await(PATIENCE);
      return info.stdout();
    }
  }

  private String output() {
    StringBuilder text = new StringBuilder();
    programs.forEach((name, program) -> text.append(tail(name, program)));
    return text.toString();
  }

  private static String tail(String name, Program program) {
    try {
      List<String> lines = (program.stdout() + program.stderr()).lines().toList();
      String last = String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
      return "\n" + name + (program.isAlive() ? "" : ", dead") + ":\n" + last;
    } catch (IOException unreadable) {
      return "\n" + name + ": " + unreadable;
    }
  }

  @Override
  public void close() throws Exception {
    for (Program program : programs.values()) {
      program.close();
    }
  }
}
