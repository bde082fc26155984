package ballot.local;

import ballot.api.ChangeSignal;
import ballot.api.Lease;
import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt;
import ballot.api.Ledger.Receipt.NotLeading;
import ballot.api.RejectedException;
import ballot.api.Term;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import ballot.local.Line.Place;
import ballot.local.Waiter.Step;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * This JVM's place in one election: the only owner of its lock file here, and the line of those in
 * this JVM who want to lead.
 *
 * <p>Between processes the kernel decides. Within the JVM, which the kernel takes for one, the seat
 * does, first come first served. When the lock is not to be had one thread, the {@link Waiter},
 * waits for it in the kernel, prepares everything and only then tells the first in line to ask.
 *
 * <p>Safe for many threads; a disk that hangs makes all of them wait, so none may be the caller's.
 */
final class Seat {

  private static final Logger LOG = System.getLogger(Seat.class.getName());
  private static final Duration SOON = Duration.ofMillis(5);
  private static final Duration UNCLAIMED = Duration.ofMillis(50);
  private static final int TRIES = 3;

  private final ReentrantLock mutex = new ReentrantLock();
  private final OpenFolder open;
  private final TermFile terms;
  private final Courtesy courtesy;
  private final Deque<Aspirant> line = new ArrayDeque<>();
  private @Nullable ElectionLock lock;
  private @Nullable Office office;
  private @Nullable Waiter waiter;

  /** How many candidacies use it; guarded by {@link Seats}. */
  int users;

  Seat(OpenFolder open) {
    this.open = open;
    this.terms = new TermFile(open);
    this.courtesy = new Courtesy(open.folder(), terms);
  }

  Path path() {
    return open.folder().path();
  }

  String name() {
    return open.folder().election().path();
  }

  /** Asks for an aspirant, without waiting for anybody to go. */
  Verdict campaign(Aspirant aspirant) throws IOException, RejectedException {
    mutex.lock();
    try {
      aspirant.enroll(open);
      for (int attempt = 0; attempt < TRIES; attempt++) {
        Optional<Verdict> verdict = attempt(aspirant);
        if (verdict.isPresent()) {
          return verdict.get();
        }
      }
      throw new IOException(open.folder().lock() + " is replaced again and again");
    } finally {
      mutex.unlock();
    }
  }

  /** Empty when the lock file turned out to be replaced: the next attempt gets the new one. */
  private Optional<Verdict> attempt(Aspirant aspirant) throws IOException, RejectedException {
    if (office == null || !office.isHeldBy(aspirant)) {
      if (!line.contains(aspirant)) {
        line.addLast(aspirant);
      }
      if (office != null || waiter != null || !isNext(aspirant) || !take()) {
        waitForTheLockInPlace();
        return Optional.of(refuse());
      }
    }
    return confirm(Objects.requireNonNull(office));
  }

  private boolean isNext(Aspirant aspirant) throws IOException, RejectedException {
    return line.peekFirst() == aspirant && !courtesy.isDue();
  }

  /** Takes the lock for the first in line, if it is free. */
  private boolean take() throws IOException {
    if (lock == null || !lock.isOpen()) {
      lock = ElectionLock.open(open);
    }
    if (lock.take()) {
      office = new Office(line.removeFirst(), open);
    }
    return lock.isHeld();
  }

  private Optional<Verdict> confirm(Office held) throws IOException, RejectedException {
    if (!holdsTheLockInPlace()) {
      stepBack(held);
      return Optional.empty();
    }
    Optional<String> obstacle = held.term() == null ? prepare(held) : Optional.empty();
    Term term = held.term();
    if (term == null) {
      ensureWaiter();
      return Optional.of(new NotElected(Optional.empty(), obstacle.orElseThrow(), SOON));
    }
    nudge();
    return Optional.of(held.claim(term));
  }

  private boolean holdsTheLockInPlace() throws IOException {
    return lock != null && lock.isHeld() && lock.isAtItsPath();
  }

  private Optional<String> prepare(Office held) throws IOException, RejectedException {
    try {
      return held.prepare(terms, Objects.requireNonNull(lock).inode());
    } catch (IOException | RejectedException failure) {
      // somebody whose disk or rights are better may lead meanwhile
      stepBack(held);
      throw failure;
    }
  }

  private NotElected refuse() throws IOException, RejectedException {
    if (office != null) {
      return NotElected.heldBy(office.holder().candidate());
    }
    if (courtesy.isDue()) {
      return new NotElected(Optional.empty(), "at the end of the line after resigning", SOON);
    }
    Optional<Registration> leader = Line.of(open.folder()).leader().flatMap(Place::registration);
    return NotElected.heldBy(leader.map(Registration::candidate).orElse(null));
  }

  /** Proves that the lock is still held, and is the one that others would have to take. */
  Verdict renew(Aspirant aspirant, Term term) throws IOException {
    mutex.lock();
    try {
      if (!leads(aspirant, term)) {
        return new NotElected(Optional.empty(), "term " + term + " is over", SOON);
      }
      return holdsTheLockInPlace()
          ? Elected.atOnce(Lease.unbounded(term))
          : new NotElected(Optional.empty(), outOfPlace(), SOON);
    } finally {
      mutex.unlock();
    }
  }

  /**
   * Writes the next page of a ledger, if the aspirant leads: nobody takes its place before that is
   * done.
   */
  Receipt write(Aspirant aspirant, Term term, String ledger, Page before, String text)
      throws IOException, RejectedException {
    mutex.lock();
    try {
      if (!leads(aspirant, term)) {
        return new NotLeading("it does not lead under term " + term);
      }
      if (!holdsTheLockInPlace()) {
        return new NotLeading(outOfPlace());
      }
      Receipt receipt = new LedgerFile(open.folder().ledger(ledger)).write(open, before, text);
      if (!holdsTheLockInPlace()) {
        // the folder may have been removed, with what was written
        throw new IOException(outOfPlace());
      }
      return receipt;
    } finally {
      mutex.unlock();
    }
  }

  private String outOfPlace() {
    return open.folder().lock() + " was removed or replaced by hand";
  }

  private boolean leads(Aspirant aspirant, Term term) {
    return office != null && office.isHeldBy(aspirant) && term.equals(office.term());
  }

  /** Gives the lock back; the work is over. */
  void resign(Aspirant aspirant, Term term) throws IOException {
    mutex.lock();
    try {
      if (leads(aspirant, term)) {
        aspirant.closeRecord(open);
        stepBack(Objects.requireNonNull(office));
        courtesy.begin(term);
      }
    } finally {
      mutex.unlock();
    }
  }

  /** Leaves, and frees the lock with it; what still works is left to the next leader to end. */
  void leave(Aspirant aspirant) throws IOException {
    mutex.lock();
    try {
      line.remove(aspirant);
      aspirant.withdraw(open);
      if (office != null && office.isHeldBy(aspirant)) {
        vacate();
      } else if (office == null && line.isEmpty() && lock != null) {
        lock.close();
      }
    } finally {
      mutex.unlock();
    }
  }

  /** Leads no more, and says so: whoever finds the lock file replaced waits for just that. */
  private void stepBack(Office held) throws IOException {
    try {
      vacate();
    } finally {
      held.holder().queue(open);
    }
  }

  /** Ends what {@link #take} began. A lock file that is out of place is of no further use. */
  private void vacate() throws IOException {
    office = null;
    ElectionLock current = Objects.requireNonNull(lock);
    lock = null;
    try {
      if (current.isOpen() && current.isAtItsPath()) {
        current.release();
        lock = current;
      }
    } finally {
      if (lock == null) {
        current.close();
      }
      ensureWaiter();
    }
  }

  private void waitForTheLockInPlace() throws IOException {
    if (office == null && lock != null && lock.isOpen() && !lock.isAtItsPath()) {
      lock.close();
    }
    ensureWaiter();
  }

  private void ensureWaiter() {
    boolean needed = office == null ? !line.isEmpty() : office.term() == null;
    if (needed && waiter == null) {
      waiter = Waiter.start(this);
    }
    nudge();
  }

  private void nudge() {
    if (waiter != null) {
      waiter.nudge();
    }
  }

  /** What the waiter is to do next, and whom to tell that asking is worth it now. */
  Step step(List<ChangeSignal> due) {
    mutex.lock();
    try {
      Step step = office == null ? stepInLine(due) : stepInOffice(office, due);
      waiter = step instanceof Step.End ? null : waiter;
      return step;
    } catch (IOException | RejectedException failure) {
      // whoever asks next meets the same failure and is told about it
      LOG.log(Level.DEBUG, "could not wait for " + path(), failure);
      waiter = null;
      Optional.ofNullable(line.peekFirst()).map(Aspirant::signal).ifPresent(due::add);
      return new Step.End();
    } finally {
      mutex.unlock();
    }
  }

  private Step stepInLine(List<ChangeSignal> due) throws IOException, RejectedException {
    if (line.isEmpty()) {
      if (lock != null) {
        lock.release();
      }
      return new Step.End();
    }
    if (courtesy.isDue()) {
      return new Step.Pause(SOON);
    }
    if (take()) {
      return stepInOffice(Objects.requireNonNull(office), due);
    }
    return new Step.WaitFor(Objects.requireNonNull(lock));
  }

  private Step stepInOffice(Office held, List<ChangeSignal> due)
      throws IOException, RejectedException {
    if (held.isClaimed()) {
      return new Step.End();
    }
    if (held.term() != null && !held.isOfferOver()) {
      return new Step.Pause(UNCLAIMED);
    }
    if (held.term() != null || !holdsTheLockInPlace()) {
      line.addLast(held.holder());
      stepBack(held);
      return new Step.Pause(SOON);
    }
    due.add(held.holder().signal());
    if (prepare(held).isPresent()) {
      due.clear();
      return new Step.Pause(SOON);
    }
    return new Step.Pause(UNCLAIMED);
  }

  /** A waiter is no more; the next question makes another one. */
  void lose(Waiter lost) {
    mutex.lock();
    try {
      waiter = waiter == lost ? null : waiter;
    } finally {
      mutex.unlock();
    }
  }

  /** Closes the file for good. */
  void close() throws IOException {
    mutex.lock();
    try {
      if (lock != null) {
        lock.close();
      }
    } finally {
      mutex.unlock();
    }
  }
}
