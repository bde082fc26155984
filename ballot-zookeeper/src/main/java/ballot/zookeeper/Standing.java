package ballot.zookeeper;

import ballot.api.BootClock;
import ballot.api.Candidate;
import ballot.api.ChangeSignal;
import ballot.api.ElectionName;
import ballot.api.Term;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A candidate's part in an election, as far as it outlasts a question. Changed by the one thread
 * that asks; who else reads it is said at the fields.
 */
final class Standing {

  private static final long NEVER = Long.MIN_VALUE;

  private final ElectionName election;
  private final Candidate candidate;
  private final ChangeSignal signal;
  private final Lookout lookout;
  private final Vigil vigil = new Vigil();
  private final Succession succession;

  /** When it was asked to look again and has not asked since. */
  private final AtomicLong signalledAt = new AtomicLong(NEVER);

  private volatile long askedAt = BootClock.nanos();

  /** Also read when it is closed. */
  private volatile @Nullable Deed deed;

  private volatile @Nullable Place place;

  /** Also read by the client's thread, and by what looks after forgotten leaderships. */
  private volatile @Nullable Tenure tenure;

  /** What this candidate wrote last in a leadership that ended with its session. */
  private @Nullable Tenure former;

  Standing(ElectionName election, Candidate candidate, ChangeSignal signal) {
    this.election = election;
    this.candidate = candidate;
    this.signal =
        () -> {
          signalledAt.compareAndSet(NEVER, BootClock.nanos());
          signal.lookAgain();
        };
    this.lookout = new Lookout("/" + election.path(), this.signal);
    this.succession = new Succession("/" + election.path(), this.signal);
  }

  /** It begins to ask. */
  void asks() {
    signalledAt.set(NEVER);
    askedAt = BootClock.nanos();
  }

  /** It has its answer, or knows that there is none. */
  void asked() {
    askedAt = BootClock.nanos();
  }

  /**
   * Whether it leads, or was told to look again, and has asked nothing for so long: not even in
   * vain, as one does while the servers are away.
   */
  boolean isForgotten(long now, long patienceNanos) {
    long signalled = signalledAt.get();
    long since = tenure != null ? askedAt : signalled;
    return place != null && since != NEVER && now - since > patienceNanos;
  }

  ElectionName election() {
    return election;
  }

  /** The base znode. */
  String base() {
    return "/" + election.path();
  }

  Candidate candidate() {
    return candidate;
  }

  ChangeSignal signal() {
    return signal;
  }

  Lookout lookout() {
    return lookout;
  }

  Vigil vigil() {
    return vigil;
  }

  Succession succession() {
    return succession;
  }

  @Nullable Deed deed() {
    return deed;
  }

  /** A change is asked for. */
  void begins(Deed change) {
    deed = change;
  }

  /** What became of the change is known. */
  void settled() {
    deed = null;
  }

  @Nullable Place place() {
    return place;
  }

  /** It stands in line there, or nowhere. */
  void stands(@Nullable Place at) {
    if (at == null || !at.equals(place)) {
      lookout.forget();
    }
    place = at;
  }

  @Nullable Tenure tenure() {
    return tenure;
  }

  /** A leadership begins, or goes on. */
  void leads(Tenure now) {
    tenure = now;
    former = null;
    lookout.distrustLease(); // it writes the lease itself; its own writing is no news to it
  }

  /** That leadership is over. */
  void ends(Tenure over) {
    tenure = null;
    former = over;
    succession.end();
    lookout.distrustLease();
  }

  /** It gave its leadership back, and stands nowhere. */
  void gaveBack() {
    tenure = null;
    former = null;
    succession.end();
    stands(null);
  }

  /** It has left: what it watches is no news to it any more. From any thread. */
  void watchesNoMore() {
    lookout.forget();
    succession.end();
  }

  /** Whether a lease is this candidate's own, of a leadership that it has no more. */
  boolean wrote(Sight lease, Place now) {
    Tenure last = former;
    return (last != null && last.lastsIn(lease))
        || now.path().equals(lease.inscription().proposal());
  }

  /** Whether the lease is as a writing of this candidate left it. */
  static boolean isDone(Deed.Writing writing, Sight now) {
    return now.created() == writing.before().created()
        && now.version() == writing.before().version() + 1
        && Arrays.equals(now.data(), writing.data());
  }

  /** The leadership after a writing that took effect. */
  Tenure wrote(Deed.Writing writing, int version, long transaction) {
    Tenure before = tenure;
    Tenure now =
        before != null && before.place().equals(writing.place())
            ? before.rewritten(version, writing.data())
            : new Tenure(
                new Term(transaction),
                writing.place(),
                version,
                writing.before().created(),
                writing.data(),
                writing.workMayStartAt(),
                BootClock.nanos());
    leads(now);
    return now;
  }

  @Override
  public String toString() {
    return candidate.address() + " in " + election;
  }
}
