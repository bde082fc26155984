package ballot.consul;

import ballot.api.BootClock;
import ballot.api.Candidacy;
import ballot.api.Ledger;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.Verdict;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/** One candidate's part in one election. */
final class ConsulCandidacy implements Candidacy {

  private static final Logger LOG = System.getLogger(ConsulCandidacy.class.getName());
  private static final Duration LEAVING = Duration.ofMillis(400);

  private final ConsulStore store;
  private final Crew crew;
  private final Standing standing;

  private final Turnstile questions;

  ConsulCandidacy(ConsulStore store, Crew crew, Standing standing) {
    this.store = store;
    this.crew = crew;
    this.standing = standing;
    this.questions = new Turnstile("the candidacy in " + standing.election());
  }

  @Override
  public Verdict campaign(Duration budget) throws StoreException {
    return questions.ask(
        budget,
        patience -> {
          standing.campaigns();
          Verdict verdict = new Campaign(standing, crew.lifeline(), crew.kv(), patience).run();
          crew.watches().join(standing.outlook());
          LOG.log(Level.DEBUG, "campaign of {0}: {1}", standing, verdict);
          if (verdict instanceof Verdict.NotElected) {
            Rehearsal.once(crew, standing);
          }
          return verdict;
        });
  }

  @Override
  public Verdict renew(Term term, Duration budget) throws StoreException {
    return questions.ask(
        budget,
        patience -> {
          Rehearsal.once(crew, standing); // one that never waited has to hand over as well
          return new Office(standing, crew.lifeline(), crew.kv(), patience).renew(term);
        });
  }

  @Override
  public void resign(Term term, Duration budget) throws StoreException {
    var unused =
        questions.ask(
            budget,
            patience -> {
              new Office(standing, crew.lifeline(), crew.kv(), patience).resign(term);
              return term;
            });
  }

  @Override
  public Optional<Ledger> ledger(String name) {
    return Optional.of(new ConsulLedger(name, standing, crew.kv(), questions));
  }

  /** The session that it leads or stands under, if it has one. */
  Optional<String> session() {
    Tenure tenure = standing.tenure();
    Life life = tenure != null ? tenure.life() : crew.lifeline().peek();
    return Optional.ofNullable(life).map(Life::session);
  }

  /** Whether it leads for certain. */
  boolean leads() {
    return standing.isLeading(BootClock.nanos());
  }

  /** The work of a leadership that was taken away is gone: whoever waits for that may know. */
  void finished(Patience patience) {
    try {
      new Farewell(standing, crew.kv()).say(patience.atMost(LEAVING));
    } catch (StoreException unreachable) {
      LOG.log(Level.DEBUG, "said to nobody: {0}", unreachable.getMessage());
    }
  }

  /** It may not lead now: it leaves the line until it asks again and may; false to try again. */
  boolean withdraw(Patience patience) {
    return new Line(standing, crew.kv()).withdraw(patience);
  }

  /** Ends the questions under way, and every later one. False when that was done before. */
  boolean silence() {
    if (!questions.close()) {
      return false;
    }
    standing.leaves();
    crew.watches().leave(standing.outlook());
    return true;
  }

  @Override
  public void close() {
    if (!silence()) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      new Line(standing, crew.kv()).leave(Patience.of(LEAVING));
    } catch (StoreException unreachable) {
      LOG.log(Level.DEBUG, "{0} left without a word: {1}", standing, unreachable.getMessage());
    } finally {
      store.closed(this);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
