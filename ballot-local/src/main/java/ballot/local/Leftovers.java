package ballot.local;

import ballot.api.ElectionName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is left of the processes in a {@link WorkRecord}. */
final class Leftovers {

  /**
   * A process that is left.
   *
   * @param certain whether it was the former leader's for sure. Where the first process of a
   *     session has ended, its number can have been used again for a session of somebody else
   */
  record Leftover(ProcessStat process, boolean certain) {}

  private final ElectionName election;

  Leftovers(ElectionName election) {
    this.election = election;
  }

  /**
   * The living processes that belong to the lines of a record, none when it holds no lines or none
   * that mean anything here.
   */
  List<Leftover> of(WorkRecord record) throws IOException {
    List<ProcessStat> lines = record.lines();
    ProcessIdentity leader = record.leader().process();
    if (lines.isEmpty() || !leader.isOfThisBoot() || !leader.isOfThisNamespace()) {
      return List.of();
    }
    List<ProcessStat> living = ProcessTable.living();
    List<Leftover> left = new ArrayList<>();
    for (ProcessStat process : living) {
      for (ProcessStat line : lines) {
        if (belongs(process, line)
            && (!isReplaced(line, living) || WorkRecord.isMarked(process, election))) {
          left.add(new Leftover(process, isCertain(process, line)));
          break;
        }
      }
    }
    return left;
  }

  /**
   * A command has a session of its own; on a terminal, where it is a foreground job, a group of its
   * own, and the rest of that session belongs to the user.
   */
  private boolean belongs(ProcessStat process, ProcessStat line) {
    if (process.startTicks() < line.startTicks()) {
      return false;
    }
    if (line.session() == line.pid()) {
      return process.session() == line.pid();
    }
    return process.group() == line.pid()
        || process.pid() == line.pid()
        || process.session() == line.session() && WorkRecord.isMarked(process, election);
  }

  /** As long as a session or group lasts, the kernel gives its number to no other process. */
  private static boolean isReplaced(ProcessStat line, List<ProcessStat> living) {
    return living.stream()
        .anyMatch(
            process -> process.pid() == line.pid() && process.startTicks() != line.startTicks());
  }

  private boolean isCertain(ProcessStat process, ProcessStat line) {
    boolean firstLives =
        ProcessTable.living(line.pid())
            .filter(first -> first.startTicks() == line.startTicks())
            .isPresent();
    return firstLives || WorkRecord.isMarked(process, election);
  }
}
