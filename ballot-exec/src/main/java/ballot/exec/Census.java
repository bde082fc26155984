package ballot.exec;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Counts, and kills, the processes that belong to one command. Safe for use by many threads. */
final class Census {

  /** Beyond this the others on a busy machine come and go too fast to wait for a quiet look. */
  private static final int LOOKS = 5;

  private final ProcessTable table;
  private final Kin kin;

  Census(ProcessTable table, Kin kin) {
    this.table = table;
    this.kin = kin;
  }

  /** Those alive now; nothing if that cannot be found out at the moment. */
  Optional<List<ProcessStat>> alive() {
    return look().map(ProcessTable.Look::alive);
  }

  /** The process groups of those alive, the command's own first. */
  Set<Long> groups() {
    Set<Long> groups = new LinkedHashSet<>();
    groups.add(kin.leader());
    alive().ifPresent(all -> all.forEach(process -> groups.add(process.group())));
    return groups;
  }

  /**
   * Whether nobody is left, for certain.
   *
   * <p>A process can be born behind the back of a look, if its parent was looked for and had ended
   * by then. Such a parent shows: it vanished between being listed and being read, or it is a
   * zombie that was not one before. Then the look is repeated.
   */
  boolean isGone() {
    List<Long> known = List.of();
    for (int i = 0; i < LOOKS; i++) {
      Optional<ProcessTable.Look> look = look();
      if (look.isEmpty() || !look.get().alive().isEmpty()) {
        return false;
      }
      List<Long> zombies = look.get().zombies();
      if (look.get().vanished() == 0 && known.containsAll(zombies)) {
        return true;
      }
      known = zombies;
    }
    return true;
  }

  /** Asks everybody who is seen in one look to end. */
  void askAll() {
    look()
        .ifPresent(
            look ->
                look.alive().forEach(process -> handle(process).ifPresent(ProcessHandle::destroy)));
  }

  /** Kills everybody who is seen in one look; who is born meanwhile needs another. */
  void killAll() {
    look().ifPresent(this::killAll);
  }

  private void killAll(ProcessTable.Look look) {
    if (look.isShort()) {
      table.withReserve(() -> look.alive().forEach(this::kill));
    } else {
      look.alive().forEach(this::kill);
    }
  }

  /** Whether one of these is still there. */
  boolean anyOf(List<ProcessStat> processes) {
    for (ProcessStat known : processes) {
      Optional<ProcessStat> now = table.find(known.pid());
      if (now.isPresent() && now.get().start() == known.start() && now.get().isAlive()) {
        return true;
      }
    }
    return false;
  }

  private Optional<ProcessTable.Look> look() {
    if (kin instanceof Kin.Session session && isTakenOver(session)) {
      return Optional.of(ProcessTable.Look.atNobody());
    }
    return table.look(kin.lowest(), process -> kin.includes(process, table));
  }

  /** A pid is given away again only when nothing of its session is left. */
  private boolean isTakenOver(Kin.Session session) {
    return table
        .find(session.leader())
        .filter(process -> process.start() != session.start())
        .isPresent();
  }

  private void kill(ProcessStat process) {
    handle(process).ifPresent(ProcessHandle::destroyForcibly);
  }

  private Optional<ProcessHandle> handle(ProcessStat process) {
    // The handle remembers when its process started and signals no other. So first the handle, then
    // the look that it is still the one.
    return ProcessHandle.of(process.pid())
        .filter(handle -> table.find(process.pid()).filter(process::isSameAs).isPresent());
  }
}
