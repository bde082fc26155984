package ballot.e2e.torture.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small disk of its own for the data of one server, in memory. Needs root. */
final class Disk implements AutoCloseable {

  private final Path folder;

  Disk(Path folder) {
    this.folder = folder;
  }

  /** Puts it in its place. */
  void mount(int megabytes) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    run(List.of("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", "" + folder));
  }

  private static void run(List<String> words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", words) + ": " + said.strip());
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (Files.readString(Path.of("/proc/mounts")).contains(" " + folder + " ")) {
      run(List.of("umount", "-l", folder.toString()));
    }
  }
}
