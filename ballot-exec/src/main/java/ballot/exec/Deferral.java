package ballot.exec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Orders to a command that may not be there yet. They wait for it, but not for long: a guard that
 * says nothing must not keep a command alive. All methods are called on the desk.
 */
final class Deferral {

  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Desk desk;
  private final BooleanSupplier isOver;
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean isThere;

  /**
   * Begins.
   *
   * @param isOver whether the command has ended: then no order is of any use
   */
  Deferral(Desk desk, BooleanSupplier isOver) {
    this.desk = desk;
    this.isOver = isOver;
  }

  /** The command is there. */
  void end() {
    isThere = true;
    waiting.forEach(Runnable::run);
    waiting.clear();
  }

  /** Carries an order out as soon as the command is there. */
  void order(Runnable order) {
    if (isThere) {
      order.run();
      return;
    }
    waiting.add(order);
    desk.later(
        PATIENCE,
        () -> {
          if (waiting.remove(order) && !isOver.getAsBoolean()) {
            order.run();
          }
        });
  }
}
