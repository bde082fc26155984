package ballot.exec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One life of a guard: the process, a thread that writes to it and a thread that reads from it.
 * Neither writing nor a guard that does not read can block a caller. See {@code guard.sh} for what
 * is written.
 */
final class GuardProcess {

  private static final Logger LOG = System.getLogger(GuardProcess.class.getName());
  private static final String SCRIPT = "BALLOT_GUARD";

  private final Process process;
  private final long start;
  private final Ears ears;
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();

  /** Told what the guard says; by the reading thread. */
  interface Ears {

    /** It said a line. */
    void heard(GuardProcess guard, String line);

    /** It has ended. */
    void lost(GuardProcess guard, String why);
  }

  private record Message(String line, Runnable written) {}

  private GuardProcess(Process process, long start, Ears ears) {
    this.process = process;
    this.start = start;
    this.ears = ears;
  }

  /**
   * Starts one; nothing is heard of it before {@link #begin}. Takes a few milliseconds.
   *
   * @throws IOException if the process cannot be made
   */
  static GuardProcess launch(Shell shell, ProcessTable table, Ears ears) throws IOException {
    List<String> words = new ArrayList<>(Shell.newSession());
    words.addAll(shell.words());
    // The script is in the environment so that the list of processes stays readable.
    words.addAll(List.of("-c", "eval \"$%s\"".formatted(SCRIPT), "ballot-guard"));
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(Path.of("/").toFile()).redirectError(Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    String path = environment.getOrDefault("PATH", CommandLookup.DEFAULT_PATH);
    environment.clear();
    environment.putAll(Map.of("PATH", path, "LC_ALL", "C", SCRIPT, Script.read("guard.sh")));
    Process process = Descriptors.start(builder);
    long start = table.find(process.pid()).map(ProcessStat::start).orElse(-1L);
    return new GuardProcess(process, start, ears);
  }

  /** Begins to listen and to talk. */
  void begin() {
    Thread.ofPlatform().daemon().name("ballot-guard-out").start(this::write);
    Thread.ofPlatform().daemon().name("ballot-guard-in").start(this::read);
  }

  long pid() {
    return process.pid();
  }

  /** When its process started, in clock ticks since boot. */
  long start() {
    return start;
  }

  /** Says a line. */
  void tell(String line) {
    tell(line, () -> {});
  }

  /**
   * Says a line, and tells when it is in the guard's pipe: from then on our death cannot undo it.
   */
  void tell(String line, Runnable written) {
    messages.add(new Message(line + " .\n", written));
  }

  /** Ends it, whatever it is doing. */
  void kill() {
    process.destroyForcibly();
  }

  /** Takes leave: it kills what is registered and ends. */
  void dismiss(Runnable told) {
    tell("quit", told);
  }

  private void write() {
    try (OutputStream out = process.getOutputStream()) {
      while (process.isAlive()) {
        Message message = messages.take();
        out.write(message.line().getBytes(StandardCharsets.US_ASCII));
        out.flush();
        message.written().run();
      }
    } catch (IOException gone) {
      LOG.log(Level.TRACE, "guard {0,number,#} hears nothing more", pid());
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (BufferedReader in = process.inputReader(StandardCharsets.US_ASCII)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        ears.heard(this, line);
      }
      ears.lost(this, "it ended with status " + process.waitFor());
    } catch (IOException broken) {
      kill();
      ears.lost(this, "its output could not be read: " + broken.getMessage());
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    } finally {
      // Wakes the writer, which then finds the process gone.
      tell("ping 0");
    }
  }
}
