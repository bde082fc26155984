package ballot.local;

import ballot.api.Candidacy;
import ballot.api.ElectionName;
import ballot.api.Ledger;
import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt;
import ballot.api.Ledger.Receipt.NotLeading;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One candidate's part in one election of a folder. */
final class LocalCandidacy implements Candidacy {

  private static final Logger LOG = System.getLogger(LocalCandidacy.class.getName());
  private static final Duration TO_CLOSE = Duration.ofMillis(800);

  private final LocalFolder folder;
  private final ElectionName election;
  private final Aspirant aspirant;
  private final ExecutorService disk;
  private final Consumer<LocalCandidacy> whenClosed;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Set<Inquiry<?>> underWay = ConcurrentHashMap.newKeySet();
  private final Inquiry<Boolean> leaving;

  /** One question of this candidacy at a time, abandoned ones included; guards the seat. */
  private final ReentrantLock turn = new ReentrantLock();

  private @Nullable Seat seat;

  LocalCandidacy(
      LocalFolder folder,
      ElectionName election,
      Aspirant aspirant,
      ExecutorService disk,
      Consumer<LocalCandidacy> whenClosed) {
    this.folder = folder;
    this.election = election;
    this.aspirant = aspirant;
    this.disk = disk;
    this.whenClosed = whenClosed;
    this.leaving = new Inquiry<>("leave " + election, turn, this::leave);
  }

  @Override
  public Verdict campaign(Duration budget) throws StoreException {
    Verdict verdict = ask("campaign in " + election, this::campaign, budget);
    switch (verdict) {
      case NotElected refused -> later(() -> Rehearsal.once(folder, election, closed::get));
      case Elected elected -> later(new Sweep(folder.of(election))::run);
    }
    return verdict;
  }

  private Verdict campaign() throws IOException, StoreException {
    Seat taken = seat == null ? Seats.join(folder.open(election)) : seat;
    seat = taken;
    try {
      return taken.campaign(aspirant);
    } catch (NoSuchFileException removed) {
      folder.open(election);
      return taken.campaign(aspirant);
    }
  }

  @Override
  public Verdict renew(Term term, Duration budget) throws StoreException {
    if (Rehearsal.isDue()) {
      later(
          () ->
              Rehearsal.once(
                  folder, election, closed::get)); // one that never waited hands over as well
    }
    return ask(
        "renew term " + term + " of " + election,
        () -> {
          Seat taken = seat;
          return taken == null ? NotElected.heldBy(null) : taken.renew(aspirant, term);
        },
        budget);
  }

  @Override
  public void resign(Term term, Duration budget) throws StoreException {
    ask(
        "give back term " + term + " of " + election,
        () -> {
          Seat taken = seat;
          if (taken != null) {
            taken.resign(aspirant, term);
          }
          return Boolean.TRUE;
        },
        budget);
  }

  @Override
  public Optional<Ledger> ledger(String name) {
    return Optional.of(new LocalLedger(this, name));
  }

  Page readLedger(String name, Duration budget) throws StoreException {
    LedgerFile file = new LedgerFile(folder.of(election).ledger(name));
    String attempt = "read the " + name + " of " + election;
    // out of turn: it needs no seat, and need not wait for a page that is being written
    return await(
        new Inquiry<>(attempt, new ReentrantLock(), () -> unlessClosed(file::readDurably)), budget);
  }

  Receipt writeLedger(String name, Term term, Page before, String text, Duration budget)
      throws StoreException {
    return ask(
        "write the " + name + " of " + election + " in term " + term,
        () -> {
          Seat taken = seat;
          return taken == null
              ? new NotLeading("it never stood")
              : taken.write(aspirant, term, name, before, text);
        },
        budget);
  }

  private <T> T ask(String attempt, Inquiry.Question<T> question, Duration budget)
      throws StoreException {
    return await(new Inquiry<>(attempt, turn, () -> unlessClosed(question)), budget);
  }

  private <T> T await(Inquiry<T> inquiry, Duration budget) throws StoreException {
    underWay.add(inquiry);
    try {
      if (closed.get()) {
        inquiry.withdraw();
      }
      return inquiry.ask(disk, budget);
    } finally {
      underWay.remove(inquiry);
    }
  }

  private <T> T unlessClosed(Inquiry.Question<T> question) throws IOException, StoreException {
    if (closed.get()) {
      throw new UnavailableException("the candidacy in " + election + " is closed");
    }
    return question.ask();
  }

  /** Something to do beside, of which nobody waits for the outcome. */
  private void later(Runnable task) {
    try {
      disk.execute(() -> attempt(task));
    } catch (RejectedExecutionException closing) {
      LOG.log(Level.TRACE, "closed before everything was tidy", closing);
    }
  }

  private void attempt(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException fault) {
      LOG.log(Level.WARNING, "a fault of ours, without consequence, in " + election, fault);
    }
  }

  @Override
  public Optional<Path> workRecord() {
    return Optional.of(aspirant.record(folder.of(election)));
  }

  @Override
  public void close() {
    beginClosing();
    awaitClosed(TO_CLOSE);
  }

  /** Closes without waiting for the disk. */
  void beginClosing() {
    if (closed.compareAndSet(false, true)) {
      underWay.forEach(Inquiry::withdraw);
      leaving.start(disk);
      whenClosed.accept(this);
    }
  }

  void awaitClosed(Duration bound) {
    leaving.await(bound);
  }

  private Boolean leave() throws IOException {
    Seat left = seat;
    seat = null;
    if (left != null) {
      try {
        left.leave(aspirant);
      } finally {
        Seats.leave(left);
      }
    }
    return Boolean.TRUE;
  }
}
