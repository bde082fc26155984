package ballot.consul;

import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.Threads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One blocking question for a key or for all that changes in a folder, asked again and again by a
 * thread of its own. Serves every election in the folder, so that many share one connection.
 */
final class Watch {

  private static final Logger LOG = System.getLogger(Watch.class.getName());

  /** A server answers after this long if nothing changes, and adds a sixteenth to spread them. */
  private static final Duration WAIT = Duration.ofMinutes(5);

  static final Duration PATIENCE = WAIT.plus(WAIT.dividedBy(16)).plusSeconds(10);
  private static final long SHORTEST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;
  private static final long TOO_LARGE_PAUSE_MILLIS = 30_000;

  private final Kv kv;
  private final String prefix;
  private final Runnable denied;
  private final Set<Outlook> outlooks = ConcurrentHashMap.newKeySet();
  private final Pace pace = new Pace();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final SplittableRandom random = new SplittableRandom();
  private final Thread thread;

  private volatile @Nullable Patience patience;
  private volatile Sight.@Nullable Panorama panorama;

  /**
   * Not started yet.
   *
   * @param denied called when the prefix is a folder that may not be listed, or is too large to be
   */
  Watch(Kv kv, String prefix, Runnable denied) {
    this.kv = kv;
    this.prefix = prefix;
    this.denied = denied;
    this.thread = Threads.daemon("ballot-consul-watch " + prefix, this::run);
  }

  void start() {
    thread.start();
  }

  /** From now on the outlook gets what this watch sees, beginning with what it sees now. */
  void serve(Outlook outlook) {
    outlook.servedBy(this);
    outlooks.add(outlook);
    Sight.Panorama seen = panorama;
    if (seen != null) {
      var unused = outlook.watched(seen.of(outlook.election()), sees(outlook), this);
    }
  }

  /** The outlook gets nothing any more. */
  void leave(Outlook outlook) {
    outlooks.remove(outlook);
    outlook.leftBy(this);
  }

  List<Outlook> outlooks() {
    return List.copyOf(outlooks);
  }

  private void run() {
    long index = 0;
    int failures = 0;
    while (closed.getCount() > 0) {
      try {
        Kv.Listing listing = await(index);
        if (listing.index() < index) {
          blinded();
          index = 0;
        } else {
          failures = 0;
          index = listing.index();
          boolean concerned = show(listing);
          pause(pace.afterWake(System.nanoTime(), concerned, listing.entries().size()));
        }
      } catch (StoreException failure) {
        LOG.log(Level.DEBUG, failure::getMessage);
        blinded();
        boolean tooLarge = failure.getCause() instanceof CappedEntity.TooLargeException;
        if ((failure instanceof RejectedException || tooLarge) && prefix.endsWith("/")) {
          denied.run();
        }
        index = 0;
        failures = Math.min(failures + 1, 10);
        long most =
            tooLarge
                ? TOO_LARGE_PAUSE_MILLIS
                : Math.min(SHORTEST_PAUSE_MILLIS << failures, LONGEST_PAUSE_MILLIS);
        pause(random.nextLong(most / 2, most));
      }
    }
  }

  private Kv.Listing await(long index) throws StoreException {
    Patience mine = Patience.of(PATIENCE);
    patience = mine;
    if (closed.getCount() == 0) {
      mine.end();
    }
    return kv.await(prefix, index, WAIT, mine);
  }

  /** Whether it was news to anybody. */
  private boolean show(Kv.Listing listing) {
    Sight.Panorama seen = new Sight.Panorama(listing);
    panorama = seen;
    boolean news = false;
    for (Outlook outlook : outlooks) {
      news |= outlook.watched(seen.of(outlook.election()), sees(outlook), this);
    }
    return news;
  }

  private void blinded() {
    panorama = null;
    outlooks.forEach(outlook -> outlook.blinded(this));
  }

  /** Whether it sees anything of an outlook's election. */
  boolean canServe(Outlook outlook) {
    return WatchPlan.part(prefix, outlook.election().path()).isPresent();
  }

  /** What it sees of it. */
  WatchPlan.Part sees(Outlook outlook) {
    return WatchPlan.part(prefix, outlook.election().path()).orElseThrow();
  }

  private void pause(long millis) {
    if (millis <= 0) {
      return;
    }
    try {
      var unused = closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the question under way; the next one starts from nothing. */
  void startAnew() {
    Patience waiting = patience;
    if (waiting != null) {
      waiting.end();
    }
  }

  void close() {
    closed.countDown();
    startAnew();
  }

  void join(long millis) {
    Threads.join(thread, millis);
  }

  @Override
  public String toString() {
    return prefix;
  }
}
