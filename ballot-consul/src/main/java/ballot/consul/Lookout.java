package ballot.consul;

import ballot.api.ChangeSignal;
import ballot.api.StoreException;
import ballot.api.Threads;
import com.google.gson.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Notices that something may have changed about the services of this node, for all who attend to
 * one. The truth is the agent's, asked for all services at once; two blocking questions at the
 * servers, where they can be reached, say when to ask. Safe for use by many threads.
 */
final class Lookout implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Lookout.class.getName());

  /** Between two looks while the servers would say when there is news, and while they do not. */
  private static final long CALM_NANOS = 1_000_000_000L;

  private static final long ALERT_NANOS = 100_000_000L;

  /** A look that takes long is followed by a pause so many times as long. */
  private static final long PAUSE_PER_COST = 20;

  private static final long PAUSE_PER_COST_WHEN_WOKEN = 3;
  private static final int FEW = 50;
  private static final Duration BUDGET = Duration.ofSeconds(2);

  private final ConsulHttp http;
  private final LocalAgent agent;
  private final boolean watchesNode;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();

  /** All guarded by the lock. */
  private final Map<Topic, Subject> subjects = new HashMap<>();

  private @Nullable Thread thread;
  private boolean woken;
  private boolean closed;

  /** Of the thread, but for whether it works. */
  private volatile @Nullable NodeNews newsOfNode;

  private volatile long lookedAt = System.nanoTime() - Duration.ofDays(1).toNanos();

  Lookout(ConsulHttp http, LocalAgent agent, boolean watchesNode) {
    this.http = http;
    this.agent = agent;
    this.watchesNode = watchesNode;
  }

  /** From now on the signal is called when there may be news of a topic. */
  Subject attend(Topic topic, ChangeSignal signal) {
    lock.lock();
    try {
      Subject subject = subjects.computeIfAbsent(topic, Subject::new);
      subject.add(signal);
      if (thread == null && !closed) {
        thread = Threads.daemon("ballot-consul-lookout", this::run);
        thread.start();
      }
      return subject;
    } finally {
      lock.unlock();
    }
  }

  /** Not any more; when nobody is left, nothing is asked any more. */
  void leave(Subject subject, ChangeSignal signal) {
    lock.lock();
    try {
      if (subject.remove(signal)) {
        subjects.remove(subject.topic(), subject);
      }
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Looks now. */
  private void wake() {
    lock.lock();
    try {
      woken = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether there are so many services that nobody should ask what would be noticed anyway. */
  boolean isCrowded() {
    return size() > FEW;
  }

  /** How many services there are news of. */
  int size() {
    lock.lock();
    try {
      return subjects.size();
    } finally {
      lock.unlock();
    }
  }

  /** Whether news of any kind would be noticed within seconds, so that nobody else need ask. */
  boolean sees() {
    boolean fresh = System.nanoTime() - lookedAt < 3 * CALM_NANOS;
    return fresh && isTold();
  }

  private boolean isTold() {
    NodeNews told = newsOfNode;
    return told != null && told.works();
  }

  private void run() {
    try {
      do {
        long begun = System.nanoTime();
        look();
        pause(System.nanoTime() - begun);
      } while (goesOn());
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      askAgent();
      if (watchesNode) {
        watchNode();
      }
    } catch (StoreException failure) {
      LOG.log(Level.DEBUG, failure::getMessage);
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, "could not look after the services", fault);
    }
  }

  private void pause(long cost) throws InterruptedException {
    long now = System.nanoTime();
    long calm = isTold() ? CALM_NANOS : Math.max(ALERT_NANOS, PAUSE_PER_COST * cost);
    long end = now + Math.min(calm, CALM_NANOS);
    long noSoonerThan = now + Math.min(PAUSE_PER_COST_WHEN_WOKEN * cost, 2 * ALERT_NANOS);
    lock.lock();
    try {
      while (!closed && !subjects.isEmpty()) {
        long left = (woken ? noSoonerThan : end) - System.nanoTime();
        if (left <= 0) {
          break;
        }
        var unused = news.awaitNanos(left);
      }
      woken = false;
    } finally {
      lock.unlock();
    }
  }

  /** False when nobody attends any more: then the thread ends, and the watches do. */
  private boolean goesOn() {
    lock.lock();
    try {
      boolean needed = !closed && !subjects.isEmpty();
      if (!needed) {
        thread = null;
        endNews();
      }
      return needed;
    } finally {
      lock.unlock();
    }
  }

  private void endNews() {
    NodeNews told = newsOfNode;
    newsOfNode = null;
    if (told != null) {
      told.close();
    }
  }

  private void askAgent() throws StoreException {
    Patience mine = Patience.of(BUDGET);
    long begun = System.nanoTime();
    JsonObject critical = agent.criticalChecks(mine);
    JsonObject services = agent.services(mine);
    new Survey(services, critical).tell(all());
    lookedAt = begun;
  }

  /** Has the servers say when to look, once it is known which node this is. */
  private void watchNode() throws StoreException {
    if (newsOfNode == null) {
      String node = agent.node(Patience.of(BUDGET)).name();
      if (!node.isEmpty()) {
        newsOfNode = new NodeNews(http, node, this::wake, this::catalogued);
      }
    }
  }

  private void catalogued(JsonObject services) {
    Survey.tellCatalogued(services, all());
  }

  private Map<Topic, Subject> all() {
    lock.lock();
    try {
      return Map.copyOf(subjects);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
