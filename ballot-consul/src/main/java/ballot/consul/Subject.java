package ballot.consul;

import ballot.api.ChangeSignal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A service that somebody attends to, and what was seen of it last. Safe for many threads. */
final class Subject {

  private final Topic topic;
  private final List<ChangeSignal> signals = new CopyOnWriteArrayList<>();

  /** All guarded by this. */
  private @Nullable String atAgent;

  private @Nullable String atServers;
  private long version;

  Subject(Topic topic) {
    this.topic = topic;
  }

  Topic topic() {
    return topic;
  }

  void add(ChangeSignal signal) {
    signals.add(signal);
  }

  /** Whether nobody is left. */
  boolean remove(ChangeSignal signal) {
    signals.remove(signal);
    return signals.isEmpty();
  }

  /** Counts the changes that were noticed. */
  synchronized long version() {
    return version;
  }

  void seenAtAgent(String state) {
    boolean changed;
    synchronized (this) {
      changed = !state.equals(atAgent);
      atAgent = state;
      version += changed ? 1 : 0;
    }
    tell(changed);
  }

  void seenAtServers(String state) {
    boolean changed;
    synchronized (this) {
      changed = !state.equals(atServers);
      atServers = state;
      version += changed ? 1 : 0;
    }
    tell(changed);
  }

  private void tell(boolean changed) {
    if (changed) {
      signals.forEach(ChangeSignal::lookAgain);
    }
  }
}
