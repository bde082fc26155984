package ballot.exec;

import java.io.IOException;
import java.util.List;

/** The process table, as a test sees it. */
final class Processes {

  private static final ProcessTable TABLE = new ProcessTable();

  private Processes() {}

  static boolean isAlive(long pid) {
    return TABLE.find(pid).filter(ProcessStat::isAlive).isPresent();
  }

  static char stateOf(long pid) {
    return TABLE.find(pid).map(ProcessStat::state).orElse('-');
  }

  /** Those alive in a session. */
  static List<ProcessStat> inSession(long session) {
    return TABLE.look(process -> process.session() == session).orElseThrow().alive();
  }

  static List<ProcessStat> inGroup(long group) {
    return TABLE.look(process -> process.group() == group).orElseThrow().alive();
  }

  /** The children of a process, zombies not counted. */
  static List<ProcessStat> childrenOf(long parent) {
    return TABLE.look(process -> process.parent() == parent).orElseThrow().alive();
  }

  /** Those whose command line has some text in it. */
  static List<Long> withCommandLine(String text) {
    return TABLE.look(ProcessStat::isAlive).orElseThrow().alive().stream()
        .map(ProcessStat::pid)
        .filter(pid -> pid != ProcessHandle.current().pid() && commandLine(pid).contains(text))
        .toList();
  }

  /** The guards that this process has. */
  static List<Long> guards() throws IOException {
    return guardsOf(ProcessHandle.current().pid());
  }

  static List<Long> guardsOf(long parent) throws IOException {
    return childrenOf(parent).stream()
        .map(ProcessStat::pid)
        .filter(pid -> commandLine(pid).contains("ballot-guard"))
        .toList();
  }

  static String commandLine(long pid) {
    try {
      return java.nio.file.Files.readString(java.nio.file.Path.of("/proc/" + pid + "/cmdline"))
          .replace('\0', ' ')
          .strip();
    } catch (IOException gone) {
      return "";
    }
  }

  /** Sends a signal, such as {@code KILL} or {@code STOP}; a negative number is a group. */
  static void signal(String name, long target) throws IOException, InterruptedException {
    new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + target).start().waitFor();
  }
}
