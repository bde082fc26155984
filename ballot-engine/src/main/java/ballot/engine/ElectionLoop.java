package ballot.engine;

import ballot.api.BootClock;
import ballot.api.Candidacy;
import ballot.api.ChangeSignal;
import ballot.engine.core.Event;
import ballot.engine.core.Moment;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns the state of every election of a process: it takes events in the order
 * in which they came, and wakes each election when it asked to be woken. It never waits for a
 * store, for work or for a log.
 */
public final class ElectionLoop implements AutoCloseable {

  private static final Logger LOG = System.getLogger(ElectionLoop.class.getName());

  /** How late a suspend of the machine is noticed: waiting threads do not count sleep. */
  private static final Duration LONGEST_NAP = Duration.ofMillis(500);

  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(1);

  private final Supplier<Moment> clock;
  private final LinkedBlockingQueue<Post> posts = new LinkedBlockingQueue<>();
  private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  private record Post(Election election, Event event) {}

  private record Alarm(Moment at, Election election) implements Comparable<Alarm> {
    @Override
    public int compareTo(Alarm other) {
      return at.compareTo(other.at);
    }
  }

  /** Starts the thread; time is that of {@link BootClock}. */
  public ElectionLoop() {
    this(() -> new Moment(BootClock.nanos()));
  }

  ElectionLoop(Supplier<Moment> clock) {
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("ballot-election").daemon(true).unstarted(this::run);
    thread.start();
  }

  /**
   * Begins an election. The candidacy is made here because its signals need the election.
   *
   * @param stand makes the candidacy; called once, on the caller's thread
   */
  public Election begin(Election.Plan plan, Function<ChangeSignal, Candidacy> stand) {
    SignalPost signals = new SignalPost();
    Election election = new Election(this, plan, stand.apply(signals));
    signals.deliverTo(election);
    election.post(new Event.Tick());
    return election;
  }

  Moment now() {
    return clock.get();
  }

  void post(Election election, Event event) {
    posts.add(new Post(election, event));
  }

  private void run() {
    List<Post> batch = new ArrayList<>();
    Pulse pulse = new Pulse(clock.get(), System.nanoTime());
    while (!closed) {
      try {
        Post first = posts.poll(nap().toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
          batch.add(first);
          posts.drainTo(batch);
        }
      } catch (InterruptedException closing) {
        return;
      }
      pulse.beat(clock.get(), System.nanoTime()).ifPresent(news -> LOG.log(Level.WARNING, news));
      batch.forEach(post -> handle(post.election(), post.event()));
      batch.clear();
      ring();
    }
  }

  private Duration nap() {
    Alarm next = alarms.peek();
    if (next == null) {
      return LONGEST_NAP;
    }
    Duration rest = clock.get().until(next.at());
    return rest.compareTo(LONGEST_NAP) < 0 ? rest : LONGEST_NAP;
  }

  private void ring() {
    Moment now = clock.get();
    while (!alarms.isEmpty() && alarms.peek().at().isReached(now)) {
      Election election = alarms.remove().election();
      if (election.wakeAt().isReached(now)) {
        handle(election, new Event.Tick());
      }
    }
  }

  private void handle(Election election, Event event) {
    if (election.isOver()) {
      return;
    }
    Moment before = election.wakeAt();
    try {
      election.handle(event, clock.get());
    } catch (RuntimeException | Error fault) {
      election.fail(fault);
      return;
    }
    Moment after = election.wakeAt();
    if (!after.equals(before) && !after.equals(Moment.NEVER)) {
      alarms.add(new Alarm(after, election));
    }
  }

  /** Ends the thread; elections that are left are not told. Idempotent, takes at most a second. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(CLOSING_PATIENCE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes signals from before its election exists; several become one. */
  private static final class SignalPost implements ChangeSignal {
    private @Nullable Election election;
    private boolean early;

    @Override
    public synchronized void lookAgain() {
      if (election == null) {
        early = true;
      } else {
        election.post(new Event.Signalled());
      }
    }

    synchronized void deliverTo(Election receiver) {
      election = receiver;
      if (early) {
        receiver.post(new Event.Signalled());
      }
    }
  }
}
