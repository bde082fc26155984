package ballot.e2e.torture.judge;

import ballot.api.BootClock;
import ballot.e2e.torture.witness.Run;
import ballot.e2e.torture.witness.Witness;
import ballot.e2e.torture.world.Candidate;
import ballot.e2e.torture.world.Fleet;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Watches over one election of {@code run once}: what begins, what ends and what is left over. Safe
 * for use by many threads; looks that need time are its own thread's.
 */
public final class Judge implements Witness.Listener, Fleet.Watcher, AutoCloseable {

  /** However ballot ends, its command survives it by no more. */
  private static final Duration LEFTOVERS = Duration.ofSeconds(1);

  /** How long a log takes to say what has happened. */
  private static final Duration LOG_LAG = Duration.ofMillis(300);

  private static final Duration LONG_LOG_LAG = Duration.ofSeconds(10);

  /** After a key was taken away, old and new leader have a second to sort it out. */
  private static final Duration AFTER_TAMPERING = Duration.ofSeconds(2);

  private static final int KILLED = 137;
  private static final int TERMINATED = 143;

  private final Docket docket;
  private final long lateNanos;
  private final Stalls stalls = new Stalls();
  private final Ticks ticks;
  private final LeaseCheck leases;
  private final Map<String, Candidate.Incarnation> standing = new ConcurrentHashMap<>();
  private final Set<String> excused = ConcurrentHashMap.newKeySet();
  private final Set<Run> freed = ConcurrentHashMap.newKeySet();
  private final Collection<End> ends = new ConcurrentLinkedQueue<>();
  private final Map<String, Long> highest = new HashMap<>();
  private final BiPredicate<Run, Run> mayFollow;
  private final Collection<Run> runs = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon(true).name("torture-judge").factory());
  private volatile long tamperedNanos = -Long.MAX_VALUE / 2;
  private volatile int excepted;
  private volatile int starts;

  /**
   * One that has seen nothing.
   *
   * @param mayFollow whether the second run may have the term of the first
   * @param late what a busy machine adds to what is seen of an end
   */
  public Judge(Docket docket, Duration late, BiPredicate<Run, Run> mayFollow) {
    this.ticks = new Ticks(docket);
    this.mayFollow = mayFollow;
    this.docket = docket;
    this.leases = new LeaseCheck(docket, late, stalls);
    this.lateNanos = late.toNanos();
  }

  @Override
  public void started(Candidate.Incarnation incarnation) {
    starts++;
    standing.put(incarnation.title(), incarnation);
  }

  /**
   * This start of a candidate lost ballot and guard together: nobody is left to end its command.
   */
  public void excuse(Candidate.Incarnation incarnation) {
    excused.add(incarnation.title());
  }

  /** Somebody went past ballot just now. */
  public void tampered() {
    tamperedNanos = BootClock.nanos();
  }

  /** The store called an election free, or another's, at a moment when a run was alive. */
  void checkFreed(Run run, OptionalLong term, long atNanos, boolean passesOnAtDeath) {
    Candidate.Incarnation incarnation = standing.get(title(run));
    if (passesOnAtDeath && (incarnation == null || !incarnation.program().isAlive())) {
      return;
    }
    // A run that somebody went past is at odds with the store until it ends.
    boolean isTampered =
        atNanos - tamperedNanos < AFTER_TAMPERING.toNanos() || run.beganNanos() < tamperedNanos;
    long stalled =
        stalls.within(atNanos - LEFTOVERS.toNanos(), Math.min(run.endedNanos(), BootClock.nanos()));
    boolean isLate = run.endedNanos() > atNanos + lateNanos + stalled;
    if (isLate && !isTampered && !excused.contains(title(run)) && freed.add(run)) {
      String state = term.isPresent() ? "held under term " + term.getAsLong() : "free";
      docket.note("I4", "the store called the election " + state + " while " + run + " lived");
    }
  }

  /** When the machine stood still. */
  public Stalls stalls() {
    return stalls;
  }

  /** How often ballot was started. */
  public int starts() {
    return starts;
  }

  /** How many runs overlapped with one of an excused start. */
  public int excepted() {
    return excepted;
  }

  /** The least that any run left of its lease; empty before the first. */
  public OptionalLong leastSlackNanos() {
    return leases.leastSlackNanos();
  }

  private static String title(Run run) {
    return run.start().candidate() + "." + run.start().incarnation();
  }

  @Override
  public void began(Run run) {
    checkToken(run);
    if (!run.start().alone()) {
      checkOverlap(run);
    }
    if (!run.start().tick().equals("-")) {
      ticks.began(run);
    }
    runs.add(run);
  }

  /** What became of the ticks of a schedule. */
  public Ticks ticks() {
    return ticks;
  }

  private void checkOverlap(Run run) {
    List<Run> others =
        runs.stream()
            .filter(other -> other.isAlive())
            .filter(other -> other.start().election().equals(run.start().election()))
            .toList();
    if (others.stream().anyMatch(other -> excused.contains(title(other)))) {
      excepted++;
    } else {
      docket.note("I1", run + " began while " + others + " lived");
    }
  }

  private void checkToken(Run run) {
    if (!run.start().leads()) {
      return;
    }
    long token = run.start().token();
    Long before = highest.merge(run.start().election(), token, Math::max);
    if (before > token) {
      docket.note("I3", run + " began after a run under term " + before);
    }
    runs.stream()
        .filter(other -> other.start().token() == token)
        .filter(other -> other.start().election().equals(run.start().election()))
        .filter(other -> !mayFollow.test(other, run))
        .forEach(other -> docket.note("I3", run + " has the term of " + other));
  }

  @Override
  public void ended(Run run) {
    for (long pid : new HashSet<>(run.termed())) {
      long count = run.termed().stream().filter(each -> each == pid).count();
      if (count > 1) {
        docket.note("I5", "process %d of %s got SIGTERM %d times".formatted(pid, run, count));
      }
    }
    if (run.start().leads()) {
      checkLease(run);
    }
  }

  private void checkLease(Run run) {
    Candidate.Incarnation incarnation = standing.get(title(run));
    if (incarnation != null) {
      after(LOG_LAG, () -> checkLease(run, incarnation, false));
    }
  }

  private void checkLease(Run run, Candidate.Incarnation incarnation, boolean isLast) {
    // the lines of a log are told apart by when they were written
    boolean isTimed = !incarnation.candidate().hasOwnClock();
    if (isTimed && !excused.contains(title(run)) && !leases.check(run, incarnation, isLast)) {
      // One that is starved logs late. Waiting for its log loosens nothing: of what it says only
      // lines count that were written before the run had ended.
      after(LONG_LOG_LAG, () -> checkLease(run, incarnation, true));
    }
  }

  private void after(Duration pause, Runnable look) {
    later.schedule(look, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void ended(Candidate.Incarnation incarnation, int status, long atNanos) {
    ends.add(new End(incarnation.program().pid(), atNanos));
    later.schedule(
        () -> {
          checkLeftovers(incarnation, atNanos);
          checkStatus(incarnation, status);
        },
        LEFTOVERS.toMillis() + 500,
        TimeUnit.MILLISECONDS);
    after(
        LONG_LOG_LAG.multipliedBy(2),
        () -> {
          leases.close(incarnation);
          standing.remove(incarnation.title());
        });
  }

  private void checkLeftovers(Candidate.Incarnation incarnation, long atNanos) {
    if (excused.contains(incarnation.title())) {
      return;
    }
    for (Run run : runs) {
      long survived = Math.min(run.endedNanos(), BootClock.nanos()) - atNanos;
      long most =
          LEFTOVERS.toNanos() + lateNanos + stalls.within(atNanos, atNanos + Math.max(0, survived));
      if (title(run).equals(incarnation.title()) && survived > most) {
        docket.note(
            "leftovers",
            "%s outlived ballot by %d ms%s"
                .formatted(run, survived / 1_000_000, run.isAlive() ? " and still lives" : ""));
      }
    }
  }

  private void checkStatus(Candidate.Incarnation incarnation, int status) {
    Set<Integer> told = new HashSet<>(Set.of(0, KILLED));
    if (incarnation.wasAskedToLeave()) {
      told.add(TERMINATED);
    }
    runs.stream()
        .filter(run -> title(run).equals(incarnation.title()))
        .forEach(run -> run.status().ifPresent(told::add));
    if (!told.contains(status)) {
      docket.note(
          "status",
          "%s ended with %d, see %s".formatted(incarnation.title(), status, incarnation.log()));
    }
  }

  private record End(long pid, long atNanos) {}

  /** The processes of ballot that ended between two moments. */
  public Set<Long> endedBetween(long fromNanos, long toNanos) {
    return ends.stream()
        .filter(end -> end.atNanos() >= fromNanos && end.atNanos() < toNanos)
        .map(End::pid)
        .collect(Collectors.toSet());
  }

  /** Every run of an election so far. */
  public List<Run> runs() {
    return List.copyOf(runs);
  }

  /** Waits until everything that was seen has been looked at. */
  @Override
  public void close() throws InterruptedException {
    later.schedule(later::shutdownNow, LONG_LOG_LAG.toMillis() + 1_000, TimeUnit.MILLISECONDS);
    later.awaitTermination(30, TimeUnit.SECONDS);
    stalls.close();
  }
}
