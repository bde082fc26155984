package ballot.cli.services;

import ballot.api.RejectedException;
import ballot.cli.logging.LogLevel;
import ballot.cli.services.ServiceStand.Prepared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All services of a process: begins them, leaves them, and changes them when the settings have
 * changed; those whose settings have not go on without noticing. Safe for use by many threads.
 */
final class ServicesRun {

  private static final int SIGTERM = 15;
  private static final long AGAIN_AFTER_SECONDS = 5;

  private final ServicesFloor floor;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final ReentrantLock turn = new ReentrantLock();

  /** By the names of their services; guarded by turn. */
  private final Map<String, Seat> seats = new HashMap<>();

  /** Guarded by turn. */
  private boolean isLeaving;

  /** The place of one service, which one candidacy at a time can have. */
  private static final class Seat {

    /** Who stands, until it has left. */
    private @Nullable ServiceStand stand;

    /** Who comes next, once that one has left. */
    private @Nullable Prepared next;

    /** What it is, or is to be. */
    @Nullable ServicePlan plan() {
      if (next != null) {
        return next.plan();
      }
      return stand == null || isLeaving ? null : stand.plan();
    }

    private boolean isLeaving;

    void discardNext() {
      if (next != null) {
        next.discard();
        next = null;
      }
    }
  }

  ServicesRun(ServicesFloor floor) {
    this.floor = floor;
  }

  /**
   * These services are to stand, and no others. One whose settings have changed leaves first, and
   * stands anew once it has.
   *
   * @throws RejectedException when what is asked for cannot work; then nothing has changed
   */
  void change(List<ServicePlan> wanted) throws RejectedException {
    turn.lock();
    try {
      if (isLeaving) {
        return;
      }
      List<Prepared> changed = prepare(wanted);
      for (Map.Entry<String, Seat> seat : seats.entrySet()) {
        if (wanted.stream().noneMatch(plan -> plan.name().equals(seat.getKey()))) {
          vacate(seat.getValue(), "is not enabled any more");
        }
      }
      changed.forEach(this::seat);
    } finally {
      turn.unlock();
    }
  }

  private List<Prepared> prepare(List<ServicePlan> wanted) throws RejectedException {
    List<Prepared> prepared = new ArrayList<>();
    try {
      for (ServicePlan plan : wanted) {
        Seat seat = seats.get(plan.name());
        ServicePlan before = seat == null ? null : seat.plan();
        if (before == null || !plan.isSameAs(before)) {
          prepared.add(ServiceStand.prepare(plan, floor));
        }
      }
      return prepared;
    } catch (RejectedException | RuntimeException impossible) {
      prepared.forEach(Prepared::discard);
      throw impossible;
    }
  }

  private void seat(Prepared prepared) {
    Seat seat = seats.computeIfAbsent(prepared.plan().name(), name -> new Seat());
    seat.discardNext();
    if (seat.stand == null) {
      begin(seat, prepared);
    } else {
      vacate(seat, "has new settings");
      seat.next = prepared;
    }
  }

  private void begin(Seat seat, Prepared prepared) {
    ServiceStand stand = prepared.begin();
    seat.stand = stand;
    seat.isLeaving = false;
    var unused = stand.left().whenComplete((nothing, fault) -> left(seat, stand.plan(), fault));
  }

  private void vacate(Seat seat, String why) {
    seat.discardNext();
    ServiceStand stand = seat.stand;
    if (stand != null && !seat.isLeaving) {
      floor
          .log()
          .write(LogLevel.INFO, "service %s %s: leaving".formatted(stand.plan().name(), why));
      seat.isLeaving = true;
      stand.leave(SIGTERM);
    }
  }

  private void left(Seat seat, ServicePlan plan, @Nullable Throwable fault) {
    turn.lock();
    try {
      seat.stand = null;
      Prepared next = seat.next;
      seat.next = null;
      if (next != null && !isLeaving) {
        begin(seat, next);
        return;
      }
      boolean wasTold = seat.isLeaving || isLeaving;
      seats.remove(plan.name(), seat);
      if (!wasTold) {
        comeBackLater(plan, fault);
      }
      endIfOver();
    } finally {
      turn.unlock();
    }
  }

  /** Nobody told it to leave: a fault of ours. The others go on, and this one tries again. */
  private void comeBackLater(ServicePlan plan, @Nullable Throwable fault) {
    floor
        .log()
        .write(
            LogLevel.ERROR,
            "service %s stopped standing by a fault of ours (%s); it stands again in %d s"
                .formatted(plan.name(), fault, AGAIN_AFTER_SECONDS));
    Seat seat = new Seat();
    seats.put(plan.name(), seat);
    var unused =
        floor.timer().schedule(() -> comeBack(seat, plan), AGAIN_AFTER_SECONDS, TimeUnit.SECONDS);
  }

  private void comeBack(Seat seat, ServicePlan plan) {
    turn.lock();
    try {
      if (!isLeaving && seats.get(plan.name()) == seat && seat.stand == null) {
        begin(seat, ServiceStand.prepare(plan, floor));
      }
    } catch (RejectedException impossible) {
      floor.log().write(LogLevel.ERROR, String.valueOf(impossible.getMessage()));
    } finally {
      turn.unlock();
    }
  }

  /** All leave in order; the second time at once. */
  void leaveAll(int signal) {
    turn.lock();
    try {
      isLeaving = true;
      for (Seat seat : List.copyOf(seats.values())) {
        seat.discardNext();
        if (seat.stand != null) {
          seat.stand.leave(signal);
        }
      }
      endIfOver();
    } finally {
      turn.unlock();
    }
  }

  private void endIfOver() {
    if (isLeaving && seats.values().stream().allMatch(seat -> seat.stand == null)) {
      over.complete(null);
    }
  }

  /** Completed when all have left after they were told to. */
  CompletableFuture<Void> over() {
    return over;
  }
}
