package ballot.consul;

import ballot.api.BootClock;
import ballot.api.Candidate;
import ballot.api.Preference;
import ballot.api.StoreException;
import ballot.api.Term;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/**
 * Whom a leader gives way to: somebody in line who is preferred and asks for it. Of the thread that
 * asks for a candidate.
 */
final class Courtesy {

  private static final Logger LOG = System.getLogger(Courtesy.class.getName());

  /** A renewal must not fail because nobody says whether somebody still stands. */
  private static final Duration BRIEFLY = Duration.ofMillis(200);

  private final Favours favours = new Favours(BootClock::nanos);

  /** Why the leader of a term is to step down, if it is. */
  Optional<String> stepDown(Standing standing, Term term, Kv kv, Patience patience) {
    Preference own = standing.candidate().preference();
    Sight seen = standing.outlook().latest();
    if (seen == null || asker(seen, own, term).isEmpty()) {
      return Optional.empty();
    }
    try {
      // A watch may show the place of one that has just gone.
      Sight now = Sight.beside(standing.election(), kv, patience.atMost(BRIEFLY));
      return asker(now, own, term).map(asker -> giveWay(asker, own, term));
    } catch (StoreException unknown) {
      LOG.log(Level.DEBUG, unknown::getMessage);
      return Optional.empty();
    }
  }

  /** Whether somebody stands for whom this candidate has just stepped down. */
  boolean isOwed(Standing standing, Sight sight) {
    return sight.challengers(standing.candidate().preference()).stream()
        .anyMatch(asker -> favours.wasDone(asker.address()));
  }

  private Optional<Candidate> asker(Sight sight, Preference own, Term term) {
    return sight.challengers(own).stream()
        .filter(asker -> favours.mayBeAsked(asker.address(), term))
        .findFirst();
  }

  private String giveWay(Candidate asker, Preference own, Term term) {
    favours.does(asker.address(), term);
    return "%s asks for it: its priority %d is higher than %d"
        .formatted(asker.address(), asker.preference().priority(), own.priority());
  }
}
