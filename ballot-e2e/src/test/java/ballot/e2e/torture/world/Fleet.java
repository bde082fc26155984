package ballot.e2e.torture.world;

import ballot.api.BootClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/** All candidates of an election, and whoever starts them again, as systemd would. */
public final class Fleet implements AutoCloseable {

  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private final List<Candidate> candidates;
  private final Watcher watcher;
  private final long seed;
  private final Map<Candidate, Long> startAt = new HashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  /** Hears what becomes of candidates; must be quick. */
  public interface Watcher {

    /** Ballot of this start is launched. */
    void started(Candidate.Incarnation incarnation);

    /** Ballot of this start has ended. */
    void ended(Candidate.Incarnation incarnation, int status, long atNanos);
  }

  /**
   * Starts all.
   *
   * @param charges what each is started for
   * @param environment what all of them have in it beside what their sites give
   */
  public Fleet(
      List<Site> sites,
      Path folder,
      Function<Site, Candidate.Charge> charges,
      Map<String, String> environment,
      long seed,
      Watcher watcher)
      throws IOException {
    this.watcher = watcher;
    this.seed = seed;
    this.candidates = new ArrayList<>();
    for (Site site : sites) {
      candidates.add(new Candidate(site, folder, charges.apply(site), environment));
    }
    for (Candidate candidate : candidates) {
      watcher.started(candidate.start());
    }
    this.thread = Thread.ofPlatform().daemon(true).name("torture-fleet").start(this::watch);
  }

  /** All of them, always the same. */
  public List<Candidate> candidates() {
    return List.copyOf(candidates);
  }

  private void watch() {
    try {
      while (!closed) {
        Thread.sleep(LOOK_EVERY);
        for (Candidate candidate : candidates) {
          look(candidate);
        }
      }
    } catch (InterruptedException closing) {
      // nothing is left to do
    } catch (IOException noProcess) {
      throw new IllegalStateException("no candidate can be started", noProcess);
    }
  }

  private void look(Candidate candidate) throws IOException, InterruptedException {
    Candidate.Incarnation now = candidate.current().orElseThrow();
    if (now.program().isAlive()) {
      return;
    }
    Long at = startAt.get(candidate);
    if (at == null) {
      long ended = BootClock.nanos();
      startAt.put(candidate, ended + rest(now).toNanos());
      watcher.ended(now, now.program().await(Duration.ZERO), ended);
    } else if (BootClock.nanos() >= at && !closed) {
      startAt.remove(candidate);
      watcher.started(candidate.start());
    }
  }

  /** At once, soon or after a while. */
  private Duration rest(Candidate.Incarnation ended) {
    SplittableRandom random =
        new SplittableRandom(seed + 31L * ended.candidate().name().hashCode() + ended.number());
    return Duration.ofMillis(new int[] {0, 100, 500, 3_000}[random.nextInt(4)]);
  }

  /** Starts nobody any more. */
  public void dismiss() throws InterruptedException {
    closed = true;
    thread.interrupt();
    thread.join();
  }

  /** Asks all that run to leave, waits for them, and tells the watcher. */
  public void leave(Duration longest) throws Exception {
    dismiss();
    for (Candidate candidate : candidates) {
      Candidate.Incarnation now = candidate.current().orElseThrow();
      if (now.program().isAlive()) {
        now.askedToLeave();
        now.program().signal("TERM");
        int status = now.program().await(longest);
        watcher.ended(now, status, BootClock.nanos());
      }
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    dismiss();
    for (Candidate candidate : candidates) {
      candidate.current().orElseThrow().program().close();
    }
  }
}
