package ballot.exec;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The processes of this machine, read from {@code /proc} without starting any.
 *
 * <p>It keeps two descriptors in reserve, and gives them up for a look when there are no others
 * left: looking is needed most when things run out. Safe for use by many threads.
 */
final class ProcessTable {

  private static final int LONGEST_LINE = 4096;
  private static final File PROC = new File("/proc");

  /** Guarded by this. */
  private final List<FileInputStream> reserve = new ArrayList<>();

  ProcessTable() {
    refillReserve();
  }

  /**
   * Looks at every process once.
   *
   * @return nothing if it could not: then nothing is known, least of all that there are none
   */
  Optional<Look> look(Predicate<ProcessStat> wanted) {
    return look(0, wanted);
  }

  /**
   * Looks once at every process from a number on: opening a file for each takes most of the time.
   *
   * @return nothing if it could not: then nothing is known, least of all that there are none
   */
  Optional<Look> look(long lowest, Predicate<ProcessStat> wanted) {
    Look look = new Look(false);
    if (lookAt(lowest, wanted, look)) {
      return Optional.of(look);
    }
    Look secondLook = new Look(true);
    boolean[] looked = {false};
    withReserve(() -> looked[0] = lookAt(lowest, wanted, secondLook));
    return looked[0] ? Optional.of(secondLook) : Optional.empty();
  }

  /** Does something that needs at most two descriptors at a time when there may be no others. */
  synchronized void withReserve(Runnable task) {
    for (FileInputStream held : reserve) {
      closeQuietly(held);
    }
    reserve.clear();
    task.run();
    refillReserve();
  }

  /** The process of that number, if there is one and it can be read. */
  Optional<ProcessStat> find(long pid) {
    byte[] line = new byte[LONGEST_LINE];
    return Optional.ofNullable(read(Long.toString(pid), line));
  }

  /** Ourselves. */
  Optional<ProcessStat> self() {
    byte[] line = new byte[LONGEST_LINE];
    return Optional.ofNullable(read("self", line));
  }

  /** The environment of a process as one text; empty if it is not ours to read. */
  String environmentOf(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  private boolean lookAt(long lowest, Predicate<ProcessStat> wanted, Look look) {
    String @Nullable [] names = PROC.list();
    if (names == null) {
      return false;
    }
    byte[] line = new byte[LONGEST_LINE];
    for (String name : names) {
      if (!Character.isDigit(name.charAt(0)) || Long.parseLong(name) < lowest) {
        continue;
      }
      ProcessStat process = read(name, line);
      if (process != null) {
        look.saw(process, wanted.test(process));
      } else if (new File(PROC, name).exists()) {
        // It is there, and yet it could not be read: we are short of something.
        return false;
      } else {
        look.vanished++;
      }
    }
    return true;
  }

  private synchronized void refillReserve() {
    try {
      while (reserve.size() < 2) {
        reserve.add(new FileInputStream("/dev/null"));
      }
    } catch (IOException noneLeft) {
      // The next look tries again.
    }
  }

  private static @Nullable ProcessStat read(String name, byte[] line) {
    try (FileInputStream file = new FileInputStream("/proc/" + name + "/stat")) {
      int length = file.read(line);
      return length <= 0 ? null : ProcessStat.parse(line, length);
    } catch (IOException gone) {
      return null;
    }
  }

  private static void closeQuietly(FileInputStream file) {
    try {
      file.close();
    } catch (IOException nothingWasWritten) {
      // and nothing can be lost
    }
  }

  /** What was found in one look. */
  static final class Look {
    private final List<ProcessStat> alive = new ArrayList<>();
    private final List<Long> zombies = new ArrayList<>();
    private final boolean isShort;
    private int vanished;

    private Look(boolean isShort) {
      this.isShort = isShort;
    }

    /** Nobody. */
    static Look atNobody() {
      return new Look(false);
    }

    private void saw(ProcessStat process, boolean wanted) {
      if (!wanted) {
        return;
      }
      if (process.isAlive()) {
        alive.add(process);
      } else {
        zombies.add(process.pid());
      }
    }

    /** Those that were wanted and live. */
    List<ProcessStat> alive() {
      return alive;
    }

    /** The pids of those that were wanted and have ended but are not reaped. */
    List<Long> zombies() {
      return zombies;
    }

    /** Whether there were no descriptors left but the reserve. */
    boolean isShort() {
      return isShort;
    }

    /** How many were gone before they could be read, so that nobody knows whose they were. */
    int vanished() {
      return vanished;
    }
  }
}
