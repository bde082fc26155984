package ballot.e2e.torture.judge;

import ballot.api.BootClock;
import ballot.e2e.torture.world.Registry;
import ballot.e2e.torture.world.Registry.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Looks at the instances of a service: no two are primary for long, nothing but tags changes, and
 * each term has at most one promote and one demote hook.
 */
public final class TagWatch implements AutoCloseable {

  private static final String PRIMARY = "primary";
  private static final Duration EVERY = Duration.ofMillis(250);

  /** So long two may be primary after the last change, and what is between two looks. */
  private static final Duration GRACE = Duration.ofSeconds(5).plus(Duration.ofSeconds(1));

  private final Registry registry;
  private final Docket docket;
  private final Map<String, Instance> first = new HashMap<>();
  private final Thread thread;
  private List<Instance> before = List.of();
  private long changedNanos = BootClock.nanos();
  private boolean isNoted;
  private volatile boolean closed;
  private volatile int primaries;
  private volatile int changes;

  /** Begins. */
  public TagWatch(Registry registry, Docket docket) {
    this.registry = registry;
    this.docket = docket;
    this.thread = Thread.ofPlatform().daemon(true).name("torture-tags").start(this::watch);
  }

  /** How often what is registered was seen to change. */
  public int changes() {
    return changes;
  }

  /** Waits until an instance is primary; whether one was within this time. */
  public boolean awaitPrimary(Duration longest) throws InterruptedException {
    long until = BootClock.nanos() + longest.toNanos();
    while (primaries == 0 && BootClock.nanos() < until) {
      Thread.sleep(EVERY);
    }
    return primaries > 0;
  }

  private void watch() {
    try {
      while (!closed) {
        registry.instances().ifPresent(this::compare);
        Thread.sleep(EVERY);
      }
    } catch (InterruptedException closing) {
      // nothing is left to do
    }
  }

  private void compare(List<Instance> now) {
    if (!now.equals(before)) {
      before = now;
      changedNanos = BootClock.nanos();
      isNoted = false;
      changes++;
    }
    now.forEach(this::compareRest);
    primaries = (int) now.stream().filter(each -> each.tags().contains(PRIMARY)).count();
    boolean isLong = BootClock.nanos() - changedNanos > GRACE.toNanos();
    if (primaries > 1 && isLong && !isNoted) {
      isNoted = true;
      docket.note("I7", "more than one is primary: " + now);
    }
  }

  private void compareRest(Instance now) {
    TreeSet<String> tags = new TreeSet<>(now.tags());
    tags.remove(PRIMARY);
    Instance bare = new Instance(now.id(), tags, now.rest());
    Instance registered = first.putIfAbsent(now.id(), bare);
    if (registered != null && !registered.equals(bare)) {
      first.put(now.id(), bare);
      docket.note("I7", registered + " became " + bare);
    }
  }

  /** Looks at what hooks have written: lines of a kind, a candidate and a term. */
  public void checkHooks(Path told) throws IOException {
    if (!Files.exists(told)) {
      return;
    }
    Map<String, Integer> counts = new HashMap<>();
    Files.readAllLines(told).forEach(line -> counts.merge(line, 1, Integer::sum));
    counts.forEach(
        (line, count) -> {
          if (count > 1) {
            docket.note("I7", "the hook '" + line + "' ran " + count + " times");
          }
        });
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.interrupt();
    thread.join();
  }
}
