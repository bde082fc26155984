package ballot.zookeeper.foreign;

import ballot.testkit.Await;
import ballot.zookeeper.foreign.Witness.What;
import ballot.zookeeper.servers.Children;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A candidate in a process of its own, whose orders are given a line and which a witness watches.
 */
public final class CandidateProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String id;
  private final Witness witness;
  private final Process process;
  private final Path said;

  private CandidateProcess(String id, Witness witness, Process process, Path said) {
    this.id = id;
    this.witness = witness;
    this.process = process;
    this.said = said;
  }

  /** The double of the Go tool. */
  public static CandidateProcess go(
      String servers, String base, Duration timeout, String id, Path folder) {
    List<String> arguments = List.of(servers, base, "" + timeout.toMillis(), id, folder.toString());
    return start(GoMain.class, arguments, Map.of(), id, folder);
  }

  /** Any program that writes down what it does in that folder. */
  public static CandidateProcess start(
      Class<?> main,
      List<String> arguments,
      Map<String, String> environment,
      String id,
      Path folder) {
    Path said = folder.resolve(id + ".out");
    ProcessBuilder command = Children.command(main, List.of(), arguments);
    command.environment().putAll(environment);
    command.redirectErrorStream(true).redirectOutput(said.toFile());
    try {
      return new CandidateProcess(id, new Witness(folder), command.start(), said);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Its id. */
  public String id() {
    return id;
  }

  /** Everything it has said. */
  public String said() {
    try {
      return Files.exists(said) ? Files.readString(said) : "";
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Waits until it has said that. */
  public CandidateProcess hasSaid(String what) {
    Await.until(
        id + " says '" + what + "'",
        PATIENCE,
        () -> {
          if (said().contains(what)) {
            return true;
          }
          if (!process.isAlive()) {
            throw new AssertionError(id + " has ended: " + said());
          }
          return false;
        });
    return this;
  }

  /** Waits until it is in line. */
  public CandidateProcess stands() {
    return hasSaid("standing");
  }

  /** Waits until its command has started once more than that many times. */
  public CandidateProcess leads(long before) {
    Await.until(id + " leads, see " + said, PATIENCE, () -> witness.count(What.START, id) > before);
    return this;
  }

  /** Waits until its command has started for the first time. */
  public CandidateProcess leads() {
    return leads(0);
  }

  /**
   * Waits until it has renewed its lease since its command started: only then the Go tool can no
   * longer clear it.
   */
  public CandidateProcess beats() {
    Await.until(
        id + " beats, see " + said,
        PATIENCE,
        () -> witness.last(What.BEAT, id).at() > witness.last(What.START, id).at());
    return this;
  }

  /** Its command has ended, and it stands again. */
  public void giveWay() {
    order("give-way");
  }

  /** Its command has ended, and so does it, in its own way. */
  public void exit() {
    order("exit");
    await();
  }

  private void order(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException failure) {
      throw new UncheckedIOException(id + " takes no orders: " + said(), failure);
    }
  }

  private void await() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(id + " does not end: " + said());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** It is killed, its command with it. */
  public void kill() {
    Children.kill(process);
    if (witness.runs().equals(id)) {
      witness.stops(id);
    }
  }

  /** It does nothing from now on, and its command runs. */
  public void freeze() {
    Children.signal(process, "STOP");
  }

  /** Ends what {@link #freeze} began. */
  public void thaw() {
    Children.signal(process, "CONT");
  }

  @Override
  public void close() {
    kill();
  }
}
