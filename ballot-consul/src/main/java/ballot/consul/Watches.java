package ballot.consul;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The watches of a store: as few as serve all its elections. Safe for use by many threads. */
final class Watches implements AutoCloseable {

  private static final int MOST = 10;
  private static final long JOIN_MILLIS = 200;

  private final Kv kv;

  /** All guarded by this. */
  private final Map<String, Watch> byPrefix = new HashMap<>();

  private final Set<Outlook> outlooks = new HashSet<>();
  private boolean closed;

  Watches(Kv kv) {
    this.kv = kv;
  }

  /** From now on the outlook is kept up to date. */
  synchronized void join(Outlook outlook) {
    if (closed || !outlooks.add(outlook)) {
      return;
    }
    String election = outlook.election().path();
    if (byPrefix.keySet().stream().noneMatch(prefix -> WatchPlan.covers(prefix, election))) {
      follow(WatchPlan.of(elections(), MOST));
    }
    watchOf(election).serve(outlook);
  }

  /** The last one to leave a prefix ends its watch. */
  synchronized void leave(Outlook outlook) {
    if (!outlooks.remove(outlook) || closed) {
      return;
    }
    Watch watch = watchOf(outlook.election().path());
    watch.leave(outlook);
    if (watch.outlooks().isEmpty()) {
      byPrefix.remove(watch.toString());
      watch.close();
    }
  }

  private void follow(Collection<String> prefixes) {
    List<Watch> superseded = new ArrayList<>();
    byPrefix
        .entrySet()
        .removeIf(entry -> !prefixes.contains(entry.getKey()) && superseded.add(entry.getValue()));
    for (String prefix : prefixes) {
      byPrefix.computeIfAbsent(
          prefix,
          missing -> {
            Watch watch = new Watch(kv, missing);
            watch.start();
            return watch;
          });
    }
    for (Watch old : superseded) {
      for (Outlook outlook : old.outlooks()) {
        outlook.distrust();
        watchOf(outlook.election().path()).serve(outlook);
      }
      old.close();
    }
  }

  private Watch watchOf(String election) {
    return byPrefix.entrySet().stream()
        .filter(entry -> WatchPlan.covers(entry.getKey(), election))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nothing watches " + election));
  }

  private Set<String> elections() {
    Set<String> names = new HashSet<>();
    outlooks.forEach(outlook -> names.add(outlook.election().path()));
    return names;
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
