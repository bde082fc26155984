package ballot.cli.services;

import ballot.api.RejectedException;
import ballot.cli.logging.LogLevel;
import ballot.cli.settings.ServiceElection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * All services of a process: begins them, leaves them, and changes them when the settings have
 * changed; those whose settings have not go on without noticing. Safe for use by many threads.
 */
final class ServicesRun {

  private static final int SIGTERM = 15;

  private final ServicesFloor floor;
  private final Function<ServiceElection, ServiceHooks> hooks;
  private final ReentrantLock turn = new ReentrantLock();

  /** By their names; guarded by turn. */
  private final Map<String, ServiceStand> standing = new LinkedHashMap<>();

  /** Those that have been told to leave; guarded by turn. */
  private final List<CompletableFuture<Integer>> leaving = new ArrayList<>();

  /** Guarded by turn. */
  private boolean isOver;

  ServicesRun(ServicesFloor floor, Function<ServiceElection, ServiceHooks> hooks) {
    this.floor = floor;
    this.hooks = hooks;
  }

  /**
   * These services are to stand, and no others. One whose settings have changed leaves first, and
   * stands anew once it has.
   *
   * @throws RejectedException when what is asked for cannot work; then nothing has changed
   */
  void change(List<ServiceElection> wanted) throws RejectedException {
    turn.lock();
    try {
      if (isOver) {
        return;
      }
      for (ServiceStand stand : List.copyOf(standing.values())) {
        if (!wanted.contains(stand.what())) {
          standing.remove(stand.what().name());
          leave(stand);
        }
      }
      for (ServiceElection what : wanted) {
        if (!standing.containsKey(what.name())) {
          begin(what);
        }
      }
    } finally {
      turn.unlock();
    }
  }

  private void begin(ServiceElection what) throws RejectedException {
    standing.put(what.name(), ServiceStand.begin(what, hooks.apply(what), floor));
  }

  private void leave(ServiceStand stand) {
    floor
        .log()
        .write(LogLevel.INFO, "service " + stand.what().name() + " leaves: its settings changed");
    leaving.add(stand.left());
    stand.leave(SIGTERM);
  }

  /** All leave in order; the second time at once. */
  void leaveAll(int signal) {
    turn.lock();
    try {
      isOver = true;
      standing.values().forEach(stand -> stand.leave(signal));
    } finally {
      turn.unlock();
    }
  }

  /** Completed when all have left. */
  CompletableFuture<Void> over() {
    turn.lock();
    try {
      List<CompletableFuture<Integer>> all = new ArrayList<>(leaving);
      standing.values().forEach(stand -> all.add(stand.left()));
      return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    } finally {
      turn.unlock();
    }
  }
}
