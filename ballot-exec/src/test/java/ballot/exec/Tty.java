package ballot.exec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A terminal with a shell script in it; typed into and read by a test. */
final class Tty implements AutoCloseable {

  private static final char CTRL_C = 3;
  private static final char CTRL_Z = 26;

  private final Process script;
  private final StringBuilder screen = new StringBuilder();

  /** Runs a script of bash; {@code HOST} in it stands for the command line of a {@link Host}. */
  Tty(Path folder, List<String> javaOptions, String text) throws IOException {
    String host =
        Victim.javaWords(javaOptions).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Path file = Files.createTempFile(folder, "tty", ".sh");
    Files.writeString(file, text.replace("HOST", host));
    script =
        new ProcessBuilder("script", "-qefc", "bash " + file, "/dev/null")
            .redirectErrorStream(true)
            .start();
    Thread.ofPlatform().daemon().name("tty").start(this::read);
  }

  /** Types a line. */
  void type(String line) throws IOException {
    press("%s\n".formatted(line));
  }

  void interrupt() throws IOException {
    press("" + CTRL_C);
  }

  void suspend() throws IOException {
    press("" + CTRL_Z);
  }

  private void press(String keys) throws IOException {
    OutputStream keyboard = script.getOutputStream();
    keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }

  /** Waits until the screen shows a text, and gives the rest of its line. */
  String await(String text) throws Exception {
    try {
      Await.until("the screen shows " + text, () -> show().matches("(?s).*" + text + ".*\n.*"));
    } catch (AssertionError missing) {
      throw new AssertionError("on the screen: " + show(), missing);
    }
    String rest = show().split(text, 2)[1];
    return rest.lines().findFirst().orElse("").strip();
  }

  synchronized String show() {
    return screen.toString();
  }

  private void read() {
    try (InputStream in = script.getInputStream()) {
      byte[] bytes = new byte[4096];
      for (int n = in.read(bytes); n > 0; n = in.read(bytes)) {
        synchronized (this) {
          screen.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
        }
      }
    } catch (IOException gone) {
      synchronized (this) {
        screen.append(gone);
      }
    }
  }

  @Override
  public void close() {
    script.descendants().forEach(ProcessHandle::destroyForcibly);
    script.destroyForcibly();
  }
}
