package ballot.exec.hooks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Scripts that hooks run in tests, and the look whether anything of them is alive. */
final class Scripts {

  private static final SplittableRandom RANDOM = new SplittableRandom();

  private final Path folder;

  /** In the environment of all processes of a hook. */
  private final String mark = "hook-" + HexFormat.of().toHexDigits(RANDOM.nextLong());

  Scripts(Path folder) {
    this.folder = folder;
  }

  /** An executable script; says where it is. */
  String script(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("could not make it executable: " + file);
    }
    return file.toString();
  }

  /** Two generations that do not mind being asked to end, in groups of their own. */
  String hanging() {
    return "trap '' TERM INT HUP; set -m; "
        + "(trap '' TERM; (trap '' TERM; while :; do sleep 0.1; done) & wait) & "
        + "while :; do sleep 0.1; done";
  }

  String mark() {
    return mark;
  }

  /** Whether a process that carries the mark is alive; zombies are not. */
  boolean isAnyAlive() throws IOException {
    try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        if (isMarked(process)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isMarked(Path process) {
    try {
      // That of a zombie is empty.
      return Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1)
          .contains(mark);
    } catch (IOException gone) {
      return false;
    }
  }
}
