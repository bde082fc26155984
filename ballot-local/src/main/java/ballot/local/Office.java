package ballot.local;

import ballot.api.Lease;
import ballot.api.RejectedException;
import ballot.api.Term;
import ballot.api.Verdict.Elected;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The time from taking the lock to giving it back, as one candidate's. Guarded by the seat. */
final class Office {

  /** So long an election that was won unasked is kept for who waited for it. */
  private static final Duration OFFER = Duration.ofSeconds(10);

  private final Aspirant holder;
  private final OpenFolder open;
  private final Succession succession;
  private @Nullable Term term;
  private long wonAt;
  private Duration holdOff = Duration.ZERO;
  private boolean claimed;

  Office(Aspirant holder, OpenFolder open) {
    this.holder = holder;
    this.open = open;
    this.succession = new Succession(open, holder.badge());
  }

  Aspirant holder() {
    return holder;
  }

  boolean isHeldBy(Aspirant aspirant) {
    return holder == aspirant;
  }

  /** The term, once everything that was in the way is over. */
  @Nullable Term term() {
    return term;
  }

  /**
   * Begins the term as soon as nothing is in the way.
   *
   * @return what is in the way
   */
  Optional<String> prepare(TermFile terms, long lock) throws IOException, RejectedException {
    Optional<TermText> last = terms.read();
    return switch (succession.look(lock, last)) {
      case Finding.InTheWay obstacle -> Optional.of(obstacle.because());
      case Finding.Clear clear -> {
        holder.openRecord(open);
        Term won = terms.next(last, lock);
        holder.lead(open, won, lock);
        term = won;
        holdOff = clear.holdOff();
        wonAt = System.nanoTime();
        yield Optional.empty();
      }
    };
  }

  /** The answer to the holder's question. */
  Elected claim(Term won) {
    claimed = true;
    Duration rest = holdOff.minusNanos(System.nanoTime() - wonAt);
    return new Elected(Lease.unbounded(won), rest.isNegative() ? Duration.ZERO : rest);
  }

  boolean isClaimed() {
    return claimed;
  }

  boolean isOfferOver() {
    return System.nanoTime() - wonAt > OFFER.toNanos();
  }
}
