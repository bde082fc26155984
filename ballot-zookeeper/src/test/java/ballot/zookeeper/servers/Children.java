package ballot.zookeeper.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Child processes of tests that run a class of the tests' own class path. */
public final class Children {

  private Children() {}

  /** How to run a class in a process of its own: quick to start, and small. */
  public static ProcessBuilder command(
      Class<?> main, List<String> options, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k", "-Xmx192m"));
    line.addAll(List.of("-Dslf4j.internal.verbosity=ERROR", "-Dzookeeper.jmx.log4j.disable=true"));
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    line.addAll(arguments);
    return new ProcessBuilder(line);
  }

  /** Sends a signal, such as {@code STOP}. */
  public static void signal(Process process, String signal) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start();
      if (kill.waitFor() != 0 && process.isAlive()) {
        throw new IllegalStateException("could not send " + signal + " to " + process);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends a process as a power cut would, and waits until it is gone. */
  public static void kill(Process process) {
    process.destroyForcibly();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("still there after SIGKILL: " + process);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
