package ballot.exec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A {@link Host} in a JVM of its own, to be killed. */
final class Victim implements AutoCloseable {

  private final Process jvm;
  private final List<String> lines = new ArrayList<>();

  private Victim(Process jvm) {
    this.jvm = jvm;
    Thread.ofPlatform().daemon().name("victim").start(this::read);
  }

  /** Starts one, in a process group of its own. */
  static Victim start(String... args) throws IOException {
    List<String> words = new ArrayList<>(List.of("setsid"));
    words.addAll(javaWords(List.of()));
    words.addAll(List.of(args));
    return new Victim(
        new ProcessBuilder(words)
            .redirectOutput(Redirect.DISCARD)
            .redirectErrorStream(false)
            .start());
  }

  /** The command line of a host, without its arguments. */
  static List<String> javaWords(List<String> options) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    words.addAll(options);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Host.class.getName()));
    return words;
  }

  long pid() {
    return jvm.pid();
  }

  /** Waits for a line that begins so, and gives the rest of it. */
  String lineAfter(String beginning) throws Exception {
    try {
      Await.until("the host says " + beginning, () -> find(beginning).isPresent());
    } catch (AssertionError silent) {
      throw new AssertionError("the host said only " + lines, silent);
    }
    return find(beginning).orElseThrow();
  }

  /** The pid of its command, once that is about to be executed. */
  long command() throws Exception {
    return Long.parseLong(lineAfter("started "));
  }

  /** Its guards; there should be one. */
  List<Long> guards() throws IOException {
    return Processes.guardsOf(pid());
  }

  int exitStatus() throws InterruptedException {
    return jvm.waitFor();
  }

  private synchronized Optional<String> find(String beginning) {
    return lines.stream()
        .filter(line -> line.startsWith(beginning))
        .map(line -> line.substring(beginning.length()))
        .findFirst();
  }

  private void read() {
    try (BufferedReader reader = jvm.errorReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (this) {
          lines.add(line);
        }
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public void close() {
    jvm.destroyForcibly();
  }
}
