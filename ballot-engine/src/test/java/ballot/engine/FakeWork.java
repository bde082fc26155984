package ballot.engine;

import ballot.engine.core.Event;
import ballot.engine.core.Moment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Work that runs until a test ends it. */
final class FakeWork implements Work {

  /** What was ordered, in order. */
  final List<String> orders = new CopyOnWriteArrayList<>();

  private final Map<Long, Ended> running = new ConcurrentHashMap<>();
  volatile Runnable onStart = () -> {};

  @Override
  public void start(Order order, Ended ended) {
    orders.add("start " + order.run());
    onStart.run();
    running.put(order.run(), ended);
  }

  @Override
  public void extend(long run, Moment killAt) {
    orders.add("extend " + run);
  }

  @Override
  public void stop(long run, int signal) {
    orders.add("stop " + run + " with " + signal);
  }

  @Override
  public void kill(long run) {
    orders.add("kill " + run);
  }

  void end(long run, int status) {
    Ended ended = running.remove(run);
    if (ended == null) {
      throw new IllegalStateException("run " + run + " is not running");
    }
    ended.ended(new Event.Outcome(status, ""));
  }
}
