package ballot.consul;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The watches of a store: as few as serve all its elections. Safe for use by many threads. */
final class Watches implements AutoCloseable {

  /** With those for questions and for news of the node, connections are 20 at most. */
  private static final int MOST = 9;

  /** With more elections than this, those of a folder that cannot be listed ask now and then. */
  private static final int MOST_ONE_BY_ONE = 60;

  private static final long JOIN_MILLIS = 200;

  private final Kv kv;

  /** All guarded by this. */
  private final Map<String, Watch> byPrefix = new HashMap<>();

  private final Set<Outlook> outlooks = new HashSet<>();
  private final Set<String> forbidden = new HashSet<>();
  private boolean closed;

  Watches(Kv kv) {
    this.kv = kv;
  }

  /** From now on the outlook is kept up to date. */
  synchronized void join(Outlook outlook) {
    if (closed || !outlooks.add(outlook)) {
      return;
    }
    if (watchesOf(outlook).stream().noneMatch(watch -> watch.sees(outlook).hasKey())) {
      planAnew();
    }
    serve(outlook);
  }

  private void serve(Outlook outlook) {
    List<Watch> watches = watchesOf(outlook);
    outlook.watchedBeside(watches.stream().anyMatch(watch -> watch.sees(outlook).hasBeside()));
    watches.forEach(watch -> watch.serve(outlook));
  }

  /** The last one to leave a prefix ends its watch. */
  synchronized void leave(Outlook outlook) {
    if (!outlooks.remove(outlook) || closed) {
      return;
    }
    for (Watch watch : watchesOf(outlook)) {
      watch.leave(outlook);
      if (watch.outlooks().isEmpty()) {
        byPrefix.remove(watch.toString());
        watch.close();
      }
    }
  }

  /** That folder may not be listed, or is too large; perhaps the keys in it are not. */
  private synchronized void denied(String folder) {
    if (!closed && outlooks.size() <= MOST_ONE_BY_ONE && forbidden.add(folder)) {
      planAnew();
    }
  }

  private void planAnew() {
    Set<String> elections = new HashSet<>();
    outlooks.forEach(outlook -> elections.add(outlook.election().path()));
    Set<String> prefixes = WatchPlan.of(elections, MOST, forbidden);
    Map<String, Watch> superseded = new HashMap<>(byPrefix);
    superseded.keySet().removeAll(prefixes);
    byPrefix.keySet().removeAll(superseded.keySet());
    prefixes.forEach(prefix -> byPrefix.computeIfAbsent(prefix, this::start));
    for (Watch old : superseded.values()) {
      for (Outlook outlook : old.outlooks()) {
        old.leave(outlook);
        serve(outlook);
      }
      old.close();
    }
  }

  private Watch start(String prefix) {
    Watch watch = new Watch(kv, prefix, () -> denied(prefix));
    watch.start();
    return watch;
  }

  private List<Watch> watchesOf(Outlook outlook) {
    return byPrefix.values().stream().filter(watch -> watch.canServe(outlook)).toList();
  }

  /** The agent was not reached: whatever is being waited for will not come. */
  synchronized void startAnew() {
    byPrefix.values().forEach(Watch::startAnew);
  }

  synchronized int count() {
    return byPrefix.size();
  }

  @Override
  public void close() {
    List<Watch> open;
    synchronized (this) {
      closed = true;
      open = List.copyOf(byPrefix.values());
      byPrefix.clear();
    }
    open.forEach(Watch::close);
    open.forEach(watch -> watch.join(JOIN_MILLIS));
  }
}
