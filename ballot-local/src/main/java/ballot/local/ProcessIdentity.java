package ballot.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which process, for good: a number alone is used again, by later processes, after a restart of the
 * machine, and behind the walls of containers.
 *
 * @param startTicks when it started, from {@code /proc/PID/stat}
 * @param namespace in which the pid and the time count
 * @param boot which run of the machine
 */
record ProcessIdentity(long pid, long startTicks, String namespace, String boot) {

  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,10})\\.(\\d{1,18})\\.([0-9-]{1,60})\\.([0-9a-f-]{1,60})");

  /** What can be said about a process from here. */
  enum Life {
    ALIVE,
    GONE,
    /** It counts its processes apart from us, or its user's processes are hidden from us. */
    UNKNOWN
  }

  /** This process. */
  static ProcessIdentity self() {
    return Self.IDENTITY;
  }

  /** As in names of files. */
  String text() {
    return pid + "." + startTicks + "." + namespace + "." + boot;
  }

  /** Reads {@link #text()}. */
  static Optional<ProcessIdentity> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(
            new ProcessIdentity(
                Long.parseLong(parts.group(1)),
                Long.parseLong(parts.group(2)),
                parts.group(3),
                parts.group(4)))
        : Optional.empty();
  }

  boolean isSelf() {
    return equals(self());
  }

  /** Whether its processes can be looked up in our process table at all. */
  boolean isOfThisBoot() {
    return boot.equals(self().boot);
  }

  /** Whether pids and start times mean the same here as there. */
  boolean isOfThisNamespace() {
    return namespace.equals(self().namespace);
  }

  /** Whether the process lives. */
  Life life() {
    if (!isOfThisBoot()) {
      return Life.GONE;
    }
    if (!isOfThisNamespace()) {
      return Life.UNKNOWN;
    }
    Optional<ProcessStat> process = ProcessTable.living(pid);
    if (process.isPresent()) {
      return process.get().startTicks() == startTicks ? Life.ALIVE : Life.GONE;
    }
    return ProcessTable.showsOthers() ? Life.GONE : Life.UNKNOWN;
  }

  /** Read once, when first needed. */
  private static final class Self {

    static final ProcessIdentity IDENTITY = read();

    private static ProcessIdentity read() {
      try {
        ProcessStat stat =
            ProcessStat.parse(Files.readString(Path.of("/proc/self/stat"))).orElseThrow();
        String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        return new ProcessIdentity(
            stat.pid(), stat.startTicks(), namespace("pid") + "-" + namespace("time"), boot);
      } catch (IOException unreadable) {
        throw new UncheckedIOException("cannot read who this process is from /proc", unreadable);
      }
    }

    private static String namespace(String kind) throws IOException {
      Path link = Path.of("/proc/self/ns", kind);
      return Files.exists(link) ? Files.getAttribute(link, "unix:ino").toString() : "0";
    }
  }
}
