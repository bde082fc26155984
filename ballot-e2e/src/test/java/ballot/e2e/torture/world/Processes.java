package ballot.e2e.torture.world;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A look at the process table. */
public final class Processes {

  private static final int STATE = 0;
  private static final int PARENT = 1;
  private static final int SESSION = 3;

  private Processes() {}

  /** The guards of a ballot: its children that were given the guard's script. */
  public static List<Long> guards(long ballot) throws IOException {
    List<Long> guards = new ArrayList<>();
    for (long child : with(PARENT, ballot)) {
      if (environment(child).contains("BALLOT_GUARD=")) {
        guards.add(child);
      }
    }
    return guards;
  }

  /** Whoever belongs to a session. */
  public static List<Long> session(long leader) throws IOException {
    return with(SESSION, leader);
  }

  /** Kills all of them. */
  public static void kill(List<Long> pids) {
    pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  /** The children of a process that have ended, and that it has not asked about. */
  public static List<Long> zombies(long parent) throws IOException {
    return with(PARENT, parent, true);
  }

  private static List<Long> with(int field, long value) throws IOException {
    return with(field, value, false);
  }

  private static List<Long> with(int field, long value, boolean isZombie) throws IOException {
    List<Long> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        String[] stat = stat(process);
        if (stat.length > SESSION
            && stat[STATE].equals("Z") == isZombie
            && Long.parseLong(stat[field]) == value) {
          found.add(Long.parseLong(process.getFileName().toString()));
        }
      }
    }
    return found;
  }

  private static String[] stat(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    } catch (IOException gone) {
      return new String[0];
    }
  }

  private static String environment(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }
}
