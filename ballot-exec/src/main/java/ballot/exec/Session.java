package ballot.exec;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that leads a session of its own, with everything that it starts there: for what is
 * short, and needs no guard. Somebody else starts it, with {@link #words} before the command.
 *
 * <p>What calls setsid itself has left the session and is not found. Used by one thread.
 */
public final class Session {

  private static final Logger LOG = System.getLogger(Session.class.getName());
  private static final String SCRIPT = Script.read("session.sh");

  /** Force works within milliseconds, or not at all. */
  private static final Duration FORCE = Duration.ofSeconds(1);

  private static final long FIRST_PAUSE_NANOS = 500_000;
  private static final long LONGEST_PAUSE_NANOS = 20_000_000;

  private final Process process;
  private final Census census;
  private final OutputRelay relay;

  private Session(Process process, Census census, OutputRelay relay) {
    this.process = process;
    this.census = census;
    this.relay = relay;
  }

  /** Its descriptors in reserve are for all. */
  private static final class Shared {
    private static final ProcessTable TABLE = new ProcessTable();
  }

  /**
   * What came of ending it.
   *
   * @param found how many processes there were
   * @param left how many of them force did not reach
   */
  public record Rest(int found, int left) {}

  /**
   * The words that come before a command. The process begins the session, waits for {@link #go} and
   * becomes the command, whose standard input is empty. The command is not read by any shell.
   *
   * @param variables the names in the environment that the command gets
   */
  public static List<String> words(Collection<String> variables) {
    List<String> words = new ArrayList<>(Shell.newSession());
    words.addAll(Shell.forCommand(variables).words());
    words.addAll(List.of("-c", SCRIPT, "ballot-session"));
    return words;
  }

  /**
   * Takes over a process that was started with the words and waits.
   *
   * @param name of what runs, for threads and logs
   * @throws IOException if it cannot; then the process is being killed
   */
  public static Session of(String name, Process process, LineSink sink) throws IOException {
    ProcessTable table = Shared.TABLE;
    long start = table.find(process.pid()).map(ProcessStat::start).orElse(0L);
    Census census = new Census(table, new Kin.Session(process.pid(), start, Numbering.UNKNOWN));
    try {
      OutputRelay relay = OutputRelay.of(name, process);
      relay.begin();
      relay.deliverTo(sink);
      return new Session(process, census, relay);
    } catch (IOException noDescriptors) {
      process.destroyForcibly();
      throw noDescriptors;
    }
  }

  /** Lets it become the command. */
  public void go() {
    try (OutputStream in = process.getOutputStream()) {
      in.write("go\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException ended) {
      LOG.log(Level.DEBUG, "process {0,number,#} ended before its time", process.pid());
    }
  }

  /**
   * Ends whatever there is: asks, and kills when the grace is over or the thread is interrupted.
   * Takes no longer than the grace and a second. An interrupt stays set.
   */
  public Rest end(Duration grace) {
    int found = count();
    if (found == 0 && isGone()) {
      return new Rest(0, 0);
    }
    boolean interrupted = Thread.interrupted();
    process.destroy();
    census.askAll();
    if (!interrupted) {
      interrupted = awaitGrace(grace);
    }
    if (!isGone()) {
      interrupted |= awaitForce();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return new Rest(found, isGone() ? 0 : Math.max(1, count()));
  }

  /**
   * The sink is told what there is; this takes no longer than two seconds. What it has not taken by
   * then it is told later.
   */
  public void settle() throws InterruptedException {
    relay.settle();
  }

  /**
   * Waits until all are gone.
   *
   * @return whether it ended early because the thread was interrupted
   */
  private boolean awaitGrace(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    long pause = FIRST_PAUSE_NANOS;
    while (!isGone() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(pause);
      if (Thread.interrupted()) {
        return true;
      }
      pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
    }
    return false;
  }

  /**
   * Kills until all are gone.
   *
   * @return whether the thread was interrupted meanwhile
   */
  private boolean awaitForce() {
    long end = System.nanoTime() + FORCE.toNanos();
    long pause = FIRST_PAUSE_NANOS;
    boolean interrupted = false;
    kill();
    while (!isGone() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(pause);
      interrupted |= Thread.interrupted();
      pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
      kill();
    }
    return interrupted;
  }

  private void kill() {
    process.destroyForcibly();
    census.killAll();
  }

  /** A process that has only just been made has not begun its session. */
  private boolean isGone() {
    return !process.isAlive() && census.isGone();
  }

  private int count() {
    int inSession = census.alive().map(List::size).orElse(0);
    return Math.max(inSession, process.isAlive() ? 1 : 0);
  }
}
