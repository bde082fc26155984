package ballot.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The processes of this machine, as far as {@code /proc} shows them to this one. */
final class ProcessTable {

  private static final Path PROC = Path.of("/proc");

  private ProcessTable() {}

  /** Whether there is a process table to look into. */
  static boolean isReadable() {
    return Files.isReadable(PROC.resolve("self/stat"));
  }

  /** Whether processes of other users are shown as well: {@code hidepid} hides them. */
  static boolean showsOthers() {
    return Files.isReadable(PROC.resolve("1/stat"));
  }

  /** The process of that number, if there is one and it lives. */
  static Optional<ProcessStat> living(long pid) {
    return read(Long.toString(pid)).filter(ProcessTable::lives);
  }

  /** All processes that live. */
  static List<ProcessStat> living() throws IOException {
    List<ProcessStat> processes = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        read(entry.getFileName().toString()).filter(ProcessTable::lives).ifPresent(processes::add);
      }
    } catch (DirectoryIteratorException unreadable) {
      throw unreadable.getCause();
    }
    return processes;
  }

  private static Optional<ProcessStat> read(String pid) {
    try {
      byte[] line = Files.readAllBytes(PROC.resolve(pid).resolve("stat"));
      return ProcessStat.parse(new String(line, StandardCharsets.ISO_8859_1));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** A zombie lives on while another of its threads does: its first one alone has ended. */
  private static boolean lives(ProcessStat process) {
    if (!process.isZombie()) {
      return true;
    }
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(PROC.resolve(process.pid() + "/task"))) {
      int count = 0;
      for (Path ignored : threads) {
        count++;
      }
      return count > 1;
    } catch (IOException | DirectoryIteratorException gone) {
      return false;
    }
  }

  /** The user whom a process belongs to; empty when it is gone. */
  static Optional<Integer> owner(long pid) {
    try {
      return Optional.of(
          (Integer) Files.getAttribute(PROC.resolve(Long.toString(pid)), "unix:uid"));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** Whether a process was started with that variable; false when its environment is not shown. */
  static boolean hasVariable(long pid, String name, String value) {
    try {
      byte[] environment = Files.readAllBytes(PROC.resolve(pid + "/environ"));
      String text = "\0" + new String(environment, StandardCharsets.ISO_8859_1) + "\0";
      byte[] wanted = ("\0" + name + "=" + value + "\0").getBytes(StandardCharsets.UTF_8);
      return text.contains(new String(wanted, StandardCharsets.ISO_8859_1));
    } catch (IOException hidden) {
      return false;
    }
  }
}
