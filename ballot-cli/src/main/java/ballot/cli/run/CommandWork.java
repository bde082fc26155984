package ballot.cli.run;

import ballot.engine.Work;
import ballot.engine.core.Moment;
import ballot.exec.CommandSpec;
import java.util.function.Function;

/** The work of {@code run once}: a command, started when elected and ended when not. */
final class CommandWork implements Work {

  private final CommandDesk desk;
  private final Function<Order, CommandSpec> specs;

  /**
   * Makes the work.
   *
   * @param specs what to run under an order
   */
  CommandWork(CommandDesk desk, Function<Order, CommandSpec> specs) {
    this.desk = desk;
    this.specs = specs;
  }

  @Override
  public void start(Order order, Ended ended) {
    desk.start(
        order.run(),
        order.term(),
        order.killAt(),
        specs.apply(order),
        (outcome, executed) -> ended.ended(outcome));
  }

  @Override
  public void extend(long run, Moment killAt) {
    desk.extend(run, killAt);
  }

  @Override
  public void stop(long run, int signal) {
    desk.stop(run, signal);
  }

  @Override
  public void kill(long run) {
    desk.kill(run);
  }
}
