package ballot.local;

import ballot.api.Candidacy;
import ballot.api.ElectionName;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One candidate's part in one election of a folder. */
final class LocalCandidacy implements Candidacy {

  private static final Duration TO_CLOSE = Duration.ofMillis(800);

  private final LocalFolder folder;
  private final ElectionName election;
  private final Aspirant aspirant;
  private final ExecutorService disk;
  private final Consumer<LocalCandidacy> whenClosed;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<@Nullable Inquiry<?>> underWay = new AtomicReference<>();
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
    return ask("campaign in " + election, () -> takeSeat().campaign(aspirant), budget);
  }

  @Override
  public Verdict renew(Term term, Duration budget) throws StoreException {
    return ask(
        "renew term " + term + " of " + election, () -> takeSeat().renew(aspirant, term), budget);
  }

  @Override
  public void resign(Term term, Duration budget) throws StoreException {
    ask(
        "give back term " + term + " of " + election,
        () -> {
          takeSeat().resign(aspirant, term);
          return Boolean.TRUE;
        },
        budget);
  }

  private <T> T ask(String attempt, Inquiry.Question<T> question, Duration budget)
      throws StoreException {
    Inquiry<T> inquiry = new Inquiry<>(attempt, turn, question);
    underWay.set(inquiry);
    if (closed.get()) {
      inquiry.withdraw();
    }
    return inquiry.ask(disk, budget);
  }

  /** The seat; called by whoever has the turn. */
  private Seat takeSeat() throws StoreException {
    if (closed.get()) {
      throw new UnavailableException("the candidacy in " + election + " is closed");
    }
    OpenFolder open = folder.open(election);
    if (seat == null) {
      seat = Seats.join(open);
    }
    return seat;
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
      Inquiry<?> asked = underWay.get();
      if (asked != null) {
        asked.withdraw();
      }
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
