package ballot.local;

import ballot.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A command as a leader would run it: in a session of its own, and recorded before it begins. */
final class Work implements AutoCloseable {

  private static final Duration BOUND = Duration.ofSeconds(10);

  /** Records itself, then becomes what it was told. */
  private static final String RECORDED =
      """
      read -r stat < /proc/$$/stat
      echo "$stat" >> "$RECORD" && [ -e "$RECORD" ] || exit 125
      eval "$SCRIPT"
      """;

  private final Process process;

  private Work(Process process) {
    this.process = process;
  }

  /** Runs a script of the shell for an election, with what marks its processes. */
  static Work start(Path record, String election, String script) throws IOException {
    ProcessBuilder builder = session(RECORDED);
    builder.environment().put("RECORD", record.toString());
    builder.environment().put("SCRIPT", script);
    builder.environment().put("BALLOT_RUN_BACKEND", "local");
    builder.environment().put("BALLOT_RUN_ELECTION", election);
    return new Work(builder.start());
  }

  private static ProcessBuilder session(String script) {
    return new ProcessBuilder("setsid", "sh", "-c", script)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  /** Runs a session that no election knows of. */
  static Work ofSomebodyElse(String script) throws IOException {
    return new Work(session(script).start());
  }

  /** The number of its session. */
  long session() {
    return process.pid();
  }

  /** Waits until as many processes of the session live. */
  Work has(int count) {
    Await.until(
        count + " processes of session " + session(), BOUND, () -> living().size() == count);
    return this;
  }

  /** The processes of the session that live. */
  List<ProcessStat> living() throws IOException {
    return ProcessTable.living().stream().filter(one -> one.session() == session()).toList();
  }

  /** Kills all of it, as a guard does. */
  void kill() {
    process.destroyForcibly();
    Await.until("session " + session() + " is empty", BOUND, this::isEmptyWhenKilled);
  }

  private boolean isEmptyWhenKilled() throws IOException {
    List<ProcessStat> living = living();
    for (ProcessStat process : living) {
      ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
    return living.isEmpty() && !process.isAlive();
  }

  /** How its first process ended. */
  int status() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    kill();
  }
}
