package ballot.api;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store's answer to "do I lead?". */
public sealed interface Verdict {

  /**
   * The asker leads.
   *
   * @param lease what was proven
   * @param holdOff how long, counted from the answer, the work must not start yet, because an
   *     earlier leader may only just be learning that it lost; zero where the earlier leader is
   *     known to have finished. Meaningful on the answer that won the election; zero on renewals
   * @param stepDown a request to end the work and give leadership back in order: who asks and why,
   *     in one clause for a person, never secret. Meaningful on renewals, and said again on each of
   *     them until the leader has stepped down or the request is withdrawn; it takes nothing away
   */
  record Elected(Lease lease, Duration holdOff, Optional<String> stepDown) implements Verdict {

    /** Checks the hold-off. */
    public Elected {
      if (holdOff.isNegative()) {
        throw new IllegalArgumentException("a hold-off is not negative: " + holdOff);
      }
    }

    /** Elected, and not asked to step down. */
    public Elected(Lease lease, Duration holdOff) {
      this(lease, holdOff, Optional.empty());
    }

    /** Still elected, and asked to step down. */
    public static Elected askedToStepDown(Lease lease, String because) {
      return new Elected(lease, Duration.ZERO, Optional.of(because));
    }

    /** Elected, and the work may start at once. */
    public static Elected atOnce(Lease lease) {
      return new Elected(lease, Duration.ZERO);
    }
  }

  /**
   * The asker does not lead, or leads no longer.
   *
   * @param holder who leads, where the store can say
   * @param because one clause for a person, such as {@code held by another tool} or {@code
   *     lock-delay in force}; never empty, never secret
   * @param lookAgainIn when asking again may be worth it even if no {@link ChangeSignal} comes; a
   *     hint that the asker may exceed
   * @param foreign whether it is known that a candidate of another tool leads, which keeps nothing
   *     of what ours keep beside an election; false where that cannot be told
   */
  record NotElected(
      Optional<Candidate> holder, String because, Duration lookAgainIn, boolean foreign)
      implements Verdict {

    /** When to look again if nothing is known: signals do the rest. */
    public static final Duration WHEN_SIGNALLED = Duration.ofSeconds(30);

    /** Checks the hint. */
    public NotElected {
      if (lookAgainIn.isNegative()) {
        throw new IllegalArgumentException("cannot look again in the past: " + lookAgainIn);
      }
    }

    /** Not elected, and not because of another tool as far as is known. */
    public NotElected(Optional<Candidate> holder, String because, Duration lookAgainIn) {
      this(holder, because, lookAgainIn, false);
    }

    /** Held by a candidate that the store can name, or by one it cannot. */
    public static NotElected heldBy(@Nullable Candidate holder) {
      return new NotElected(
          Optional.ofNullable(holder),
          holder == null ? "held by another" : "held by " + holder.address(),
          WHEN_SIGNALLED);
    }
  }
}
