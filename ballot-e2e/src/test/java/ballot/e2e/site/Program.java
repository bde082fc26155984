package ballot.e2e.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One start of the packaged program, as a user starts it: the launcher, in a process group of its
 * own, its output in files.
 */
public final class Program implements AutoCloseable {

  static {
    prepare();
  }

  private final Process process;
  private final Path stdout;
  private final Path stderr;

  private Program(Process process, Path stdout, Path stderr) {
    this.process = process;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /**
   * The first start after a build says that it makes the next ones quick; no test is about that.
   */
  private static void prepare() {
    try {
      Process first =
          new ProcessBuilder(launcher().toString(), "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (first.waitFor() != 0) {
        throw new IllegalStateException("ballot --version ended with " + first.exitValue());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** The root of the checkout. */
  public static Path root() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("ballot"))) {
        return folder;
      }
    }
    throw new IllegalStateException("no launcher above " + Path.of("").toAbsolutePath());
  }

  /** The launcher of the checkout. */
  public static Path launcher() {
    return root().resolve("ballot");
  }

  public static Program start(Path folder, String name, List<String> arguments) throws IOException {
    return start(folder, name, Map.of(), arguments);
  }

  /** Starts it in a folder that also takes its output. */
  public static Program start(
      Path folder, String name, Map<String, String> environment, List<String> arguments)
      throws IOException {
    return start(List.of(), folder, name, environment, arguments);
  }

  /** The same on a host of its own, by words that come before the command. */
  public static Program start(
      List<String> before,
      Path folder,
      String name,
      Map<String, String> environment,
      List<String> arguments)
      throws IOException {
    List<String> line = new ArrayList<>(before);
    line.addAll(List.of("setsid", launcher().toString()));
    line.addAll(arguments);
    Path out = folder.resolve(name + ".out");
    Path err = folder.resolve(name + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(Program::wouldConfigure);
    builder.environment().putAll(environment);
    return new Program(builder.start(), out, err);
  }

  public static boolean wouldConfigure(String variable) {
    return variable.startsWith("BALLOT_")
        || variable.startsWith("CONSUL_")
        || variable.startsWith("ZOOKEEPER_");
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public String stdout() throws IOException {
    return Files.readString(stdout);
  }

  /** What it printed by now, for messages. */
  public String stdoutOrNothing() {
    try {
      return stdout();
    } catch (IOException unreadable) {
      return "";
    }
  }

  public String stderr() throws IOException {
    return Files.readString(stderr);
  }

  /** Sends a signal to the program alone. */
  public void signal(String name) throws IOException, InterruptedException {
    kill("-" + name, Long.toString(pid()));
  }

  /** Kills its process group, which is all of it but what made a group of its own. */
  public void killGroup() throws IOException, InterruptedException {
    kill("-KILL", "-" + pid());
  }

  private static void kill(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("kill"));
    line.add(arguments[0]);
    line.add("--");
    line.add(arguments[1]);
    new ProcessBuilder(line).inheritIO().start().waitFor();
  }

  /** The exit status, or an error that shows what it printed. */
  public int await(Duration longest) throws IOException, InterruptedException {
    if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(
          "still running after " + longest + "\n" + stdout() + "\n" + stderr());
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (process.isAlive()) {
      killGroup();
      process.waitFor(5, TimeUnit.SECONDS);
    }
  }
}
