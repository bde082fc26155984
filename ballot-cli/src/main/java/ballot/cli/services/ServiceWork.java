package ballot.cli.services;

import ballot.engine.Work;
import ballot.engine.core.Moment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * The work of a service that leads: its tag and its hooks. It lasts until it is told to end, and
 * then until the demote hook has run and the tag is gone.
 */
final class ServiceWork implements Work {

  private final BiFunction<Order, Ended, Reign> reigns;
  private final Map<Long, Reign> running = new ConcurrentHashMap<>();

  ServiceWork(BiFunction<Order, Ended, Reign> reigns) {
    this.reigns = reigns;
  }

  @Override
  public void start(Order order, Ended ended) {
    Reign reign =
        reigns.apply(
            order,
            outcome -> {
              running.remove(order.run());
              ended.ended(outcome);
            });
    running.put(order.run(), reign);
    reign.begin();
  }

  /** Hooks have limits of their own, and are cut when told to. */
  @Override
  public void extend(long run, Moment killAt) {}

  @Override
  public void stop(long run, int signal) {
    Reign reign = running.get(run);
    if (reign != null) {
      reign.stop();
    }
  }

  @Override
  public void kill(long run) {
    Reign reign = running.get(run);
    if (reign != null) {
      reign.kill();
    }
  }
}
