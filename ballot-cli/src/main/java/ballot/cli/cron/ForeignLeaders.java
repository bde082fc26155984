package ballot.cli.cron;

import ballot.api.Candidate;
import ballot.api.Verdict;
import ballot.api.Verdict.NotElected;
import ballot.engine.Chronicle;
import ballot.engine.core.Effect.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Warns of a candidate of another tool that leads the election of a schedule, once in each of its
 * leaderships: it keeps no ledger. Used by the one thread that asks the store.
 */
public final class ForeignLeaders {

  private final Chronicle chronicle;

  /** Who was told of last and still leads, as far as is known. */
  private @Nullable String told;

  /** That warns there. */
  public ForeignLeaders(Chronicle chronicle) {
    this.chronicle = chronicle;
  }

  /** Takes an answer to the question who leads. */
  public void heard(Verdict verdict) {
    if (verdict instanceof NotElected refusal && refusal.foreign()) {
      String who =
          refusal
              .holder()
              .map(Candidate::address)
              .map(address -> "held by " + address)
              .orElse(refusal.because());
      if (!who.equals(told)) {
        told = who;
        warn(who);
      }
    } else {
      told = null;
    }
  }

  private void warn(String who) {
    chronicle.tell(
        Level.WARN,
        "a candidate of another tool leads ("
            + who
            + "), and it keeps no ledger: ticks while it leads are neither claimed nor written"
            + " down, so nobody can know which of them it ran",
        Optional.empty());
  }
}
