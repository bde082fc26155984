package ballot.consul;

import ballot.api.BootClock;
import ballot.api.Candidate;
import ballot.api.Preference;
import ballot.api.StoreException;
import ballot.api.Term;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whom a leader gives way to: somebody in line who is preferred and asks for it, each once a minute
 * at most, so that one who does not keep what it gets cannot chase everybody else. Of the thread
 * that asks for a candidate.
 */
final class Courtesy {

  private static final Logger LOG = System.getLogger(Courtesy.class.getName());

  private static final long ONCE_IN_NANOS = Duration.ofMinutes(1).toNanos();

  /** A renewal must not fail because nobody says whether somebody still stands. */
  private static final Duration BRIEFLY = Duration.ofMillis(200);

  private final Map<String, Heeded> heeded = new HashMap<>();

  /** When a candidate was given way to, and with which leadership. */
  private record Heeded(Term term, long at) {}

  /** Why the leader of a term is to step down, if it is. */
  Optional<String> stepDown(Standing standing, Term term, Kv kv, Patience patience) {
    Preference own = standing.candidate().preference();
    Sight seen = standing.outlook().latest();
    if (seen == null || !mayAsk(seen, own, term)) {
      return Optional.empty();
    }
    try {
      // A watch may show the place of one that has just gone.
      Sight now = Sight.beside(standing.election(), kv, patience.atMost(BRIEFLY));
      return now.challengers(own).stream()
          .filter(asker -> mayAsk(asker, term))
          .findFirst()
          .map(asker -> heed(asker, own, term));
    } catch (StoreException unknown) {
      LOG.log(Level.DEBUG, unknown::getMessage);
      return Optional.empty();
    }
  }

  private boolean mayAsk(Sight seen, Preference own, Term term) {
    return seen.challengers(own).stream().anyMatch(asker -> mayAsk(asker, term));
  }

  private boolean mayAsk(Candidate asker, Term term) {
    Heeded before = heeded.get(asker.address());
    return before == null
        || before.term().equals(term)
        || BootClock.nanos() - before.at() >= ONCE_IN_NANOS;
  }

  private String heed(Candidate asker, Preference own, Term term) {
    long now = BootClock.nanos();
    heeded.values().removeIf(earlier -> now - earlier.at() >= ONCE_IN_NANOS);
    heeded.putIfAbsent(asker.address(), new Heeded(term, now));
    return "%s asks for it: its priority %d is higher than %d"
        .formatted(asker.address(), asker.preference().priority(), own.priority());
  }
}
