package ballot.cli.run;

import ballot.api.Candidacy;
import ballot.api.Ledger;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.Verdict;
import ballot.cli.process.Refusal;
import ballot.cli.settings.EffectiveSettings;
import ballot.cli.settings.StoreFailures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A candidacy whose refusals say where the setting was set that is to blame, and remember whether
 * that was the command line, which has a status of its own.
 */
final class NamingCandidacy implements Candidacy {

  private final Candidacy candidacy;
  private final EffectiveSettings settings;
  private final Consumer<Verdict> whenAnswered;
  private final Runnable whenRenewed;
  private volatile Optional<Refusal> last = Optional.empty();

  /**
   * In front of a candidacy.
   *
   * @param whenAnswered hears who leads whenever this asks to; returns at once
   * @param whenRenewed called whenever we lead on; returns at once
   */
  NamingCandidacy(
      Candidacy candidacy,
      EffectiveSettings settings,
      Consumer<Verdict> whenAnswered,
      Runnable whenRenewed) {
    this.candidacy = candidacy;
    this.settings = settings;
    this.whenAnswered = whenAnswered;
    this.whenRenewed = whenRenewed;
  }

  /** The last refusal. */
  Optional<Refusal> last() {
    return last;
  }

  private RejectedException named(RejectedException refused) {
    Refusal refusal = StoreFailures.refusal(settings, refused);
    last = Optional.of(refusal);
    return new RejectedException(refusal.line());
  }

  @Override
  public Verdict campaign(Duration budget) throws StoreException {
    try {
      Verdict verdict = candidacy.campaign(budget);
      whenAnswered.accept(verdict);
      return verdict;
    } catch (RejectedException refused) {
      throw named(refused);
    }
  }

  @Override
  public Verdict renew(Term term, Duration budget) throws StoreException {
    try {
      Verdict verdict = candidacy.renew(term, budget);
      if (verdict instanceof Verdict.Elected) {
        whenRenewed.run();
      }
      return verdict;
    } catch (RejectedException refused) {
      throw named(refused);
    }
  }

  @Override
  public void resign(Term term, Duration budget) throws StoreException {
    try {
      candidacy.resign(term, budget);
    } catch (RejectedException refused) {
      throw named(refused);
    }
  }

  @Override
  public Optional<Path> workRecord() {
    return candidacy.workRecord();
  }

  @Override
  public Optional<Ledger> ledger(String name) {
    return candidacy.ledger(name);
  }

  @Override
  public void close() {
    candidacy.close();
  }
}
