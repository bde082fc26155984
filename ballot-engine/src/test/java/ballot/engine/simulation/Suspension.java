package ballot.engine.simulation;

import ballot.engine.core.Effect;
import ballot.engine.core.Event;
import ballot.engine.core.Step;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Whether a process stands still, and what waits for it to go on. */
final class Suspension {

  private final World world;
  private final Queue<Event> unheard = new ArrayDeque<>();
  private List<Effect> undone = List.of();
  private long until;
  private long plannedFor;
  private boolean plannedBeforeStart;

  Suspension(World world) {
    this.world = world;
  }

  boolean isOn() {
    return world.now() < until;
  }

  long until() {
    return until;
  }

  void begin(long duration) {
    until = world.now() + duration;
  }

  /** The next time that it decides something, or to start work, it stops before it does it. */
  void plan(long duration, boolean beforeStart) {
    plannedFor = duration;
    plannedBeforeStart = beforeStart;
  }

  /** Whether this is the decision to stop after; if so, for how long. */
  long takesEffect(Step step) {
    boolean isMoment =
        plannedBeforeStart
            ? step.effects().stream().anyMatch(Effect.StartWork.class::isInstance)
            : !step.effects().isEmpty();
    long duration = isMoment ? plannedFor : 0;
    if (duration > 0) {
      plannedFor = 0;
    }
    return duration;
  }

  void keep(Event event) {
    unheard.add(event);
  }

  void keep(List<Effect> effects) {
    undone = effects;
  }

  List<Effect> takeUndone() {
    List<Effect> taken = undone;
    undone = List.of();
    return taken;
  }

  boolean hasUnheard() {
    return !unheard.isEmpty();
  }

  Event takeUnheard() {
    return unheard.remove();
  }
}
