package ballot.local;

import ballot.api.Candidacy;
import ballot.api.Candidate;
import ballot.api.ChangeSignal;
import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.Lease;
import ballot.api.Ledger;
import ballot.api.Roster;
import ballot.api.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The elections of one folder. */
final class LocalStore implements ElectionStore {

  private static final Logger LOG = System.getLogger(LocalStore.class.getName());
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration TO_CLOSE = Duration.ofMillis(800);

  private final LocalFolder folder;
  private final ExecutorService disk;
  private final Set<LocalCandidacy> candidacies = ConcurrentHashMap.newKeySet();

  /**
   * A store.
   *
   * @param disk where everything runs that may hang with the disk
   */
  LocalStore(LocalFolder folder, ExecutorService disk) {
    this.folder = folder;
    this.disk = disk;
  }

  static LocalStore open(LocalFolder folder) {
    return new LocalStore(folder, diskThreads());
  }

  static ExecutorService diskThreads() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE.toSeconds(),
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        Thread.ofPlatform().daemon().name("ballot-local-", 0).factory());
  }

  @Override
  public Duration nominalValidity() {
    return Lease.UNBOUNDED;
  }

  @Override
  public Candidacy stand(ElectionName election, Candidate candidate, ChangeSignal signal) {
    LocalCandidacy candidacy =
        new LocalCandidacy(
            folder, election, new Aspirant(candidate, signal), disk, candidacies::remove);
    candidacies.add(candidacy);
    return candidacy;
  }

  @Override
  public Roster observe(ElectionName election, Duration budget) throws StoreException {
    return new Inquiry<>(
            "look at " + election,
            new ReentrantLock(),
            () -> new Onlooker(folder.of(election)).roster())
        .ask(disk, budget);
  }

  @Override
  public Ledger.Page readLedger(ElectionName election, String name, Duration budget)
      throws StoreException {
    LedgerFile file = new LedgerFile(folder.of(election).ledger(Ledger.name(name)));
    return new Inquiry<>("read the " + name + " of " + election, new ReentrantLock(), file::read)
        .ask(disk, budget);
  }

  @Override
  public void close() {
    long end = System.nanoTime() + TO_CLOSE.toNanos();
    List<LocalCandidacy> left = List.copyOf(candidacies);
    left.forEach(LocalCandidacy::beginClosing);
    left.forEach(
        candidacy -> candidacy.awaitClosed(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    disk.shutdown();
    awaitDisk(end);
  }

  /** So that nothing is written any more when this is closed, unless the disk hangs. */
  private void awaitDisk(long end) {
    boolean interrupted = Thread.interrupted();
    try {
      if (!disk.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        LOG.log(Level.DEBUG, "closing {0} while the disk is busy", folder);
      }
    } catch (InterruptedException again) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
