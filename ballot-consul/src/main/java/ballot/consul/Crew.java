package ballot.consul;

import ballot.api.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Candidates of this process that share a session, and what keeps it alive. */
final class Crew {

  private static final Logger LOG = System.getLogger(Crew.class.getName());

  private final Rights rights;
  private final Lifeline lifeline;
  private final Keeper keeper;

  Crew(Rights rights, SessionTerms terms, Ties.Source ties) {
    this.rights = rights;
    this.lifeline = new Lifeline(rights.sessions(), new Registrar(rights.sessions(), terms, ties));
    this.keeper = new Keeper(lifeline, rights.kv(), rights.watches());
  }

  Lifeline lifeline() {
    return lifeline;
  }

  Kv kv() {
    return rights.kv();
  }

  Watches watches() {
    return rights.watches();
  }

  Keeper keeper() {
    return keeper;
  }

  /** Ends the sessions, unless something that one holds has to run out by itself. */
  void leave(Patience patience) {
    keeper.close();
    if (keeper.holdsAnything()) {
      return;
    }
    try {
      lifeline.buryAll(patience);
      lifeline.leave(patience);
    } catch (StoreException unreachable) {
      LOG.log(Level.DEBUG, "left without a word: {0}", unreachable.getMessage());
    }
  }
}
