package ballot.consul;

import ballot.api.ServiceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who shares a session with whom: services whose sessions would be alike share one, and that of the
 * process if it is like it; one with checks of its own has its own. Safe for use by many threads.
 */
final class Crews {

  /** What sessions have to have in common to be one. */
  private record Likeness(Rights rights, Duration ttl, Duration lockDelay) {}

  private final Rights rights;
  private final SessionTerms terms;
  private final Crew main;

  /** All guarded by this. */
  private final Map<Likeness, Crew> shared = new HashMap<>();

  private final Map<Crew, Integer> members = new HashMap<>();
  private final Set<Crew> others = new HashSet<>();

  Crews(Rights rights, SessionTerms terms) {
    this.rights = rights;
    this.terms = terms;
    this.main = new Crew(rights, terms, patience -> Ties.NONE);
  }

  /** The candidates that stand for no service. */
  Crew main() {
    return main;
  }

  /** The crew that who stands for a service belongs to; to be left again. */
  synchronized Crew join(Rights whose, ServiceSpec spec, Ties.Source ties) {
    SessionTerms wanted = terms.forService(spec.toString(), spec.ttl(), spec.lockDelay());
    boolean alone = !spec.checks().isEmpty();
    if (!alone && whose == rights && wanted.sameTimes(terms)) {
      return main;
    }
    Crew crew =
        alone
            ? new Crew(whose, wanted, ties)
            : shared.computeIfAbsent(
                new Likeness(whose, spec.ttl(), spec.lockDelay()),
                like -> new Crew(whose, wanted, patience -> Ties.NONE));
    others.add(crew);
    members.merge(crew, 1, Integer::sum);
    return crew;
  }

  /** One member less; the last one to go has the sessions ended once they hold nothing. */
  synchronized void leave(Crew crew) {
    if (crew == main || members.merge(crew, -1, Integer::sum) > 0) {
      return;
    }
    members.remove(crew);
    shared.values().remove(crew);
    crew.keeper().retire(() -> forget(crew));
  }

  private synchronized void forget(Crew crew) {
    others.remove(crew);
  }

  /** All of them, at the end. */
  synchronized List<Crew> all() {
    List<Crew> all = new ArrayList<>(others);
    all.add(main);
    return all;
  }
}
