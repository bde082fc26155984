package ballot.e2e.torture.nemesis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Small programs of the system. */
final class Shell {

  private Shell() {}

  /** Runs one to its end; what it says when it fails is the error. */
  static String run(List<String> words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", words) + ": " + said.strip());
    }
    return said;
  }

  /** Sends a signal to processes; those that are gone need none. */
  static void signal(String name, List<Long> pids) throws IOException, InterruptedException {
    if (pids.isEmpty()) {
      return;
    }
    List<String> words = new ArrayList<>(List.of("kill", "-" + name));
    pids.forEach(pid -> words.add(Long.toString(pid)));
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.waitFor();
  }
}
