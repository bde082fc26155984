package ballot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ElectionName;
import ballot.api.Ledger.Page;
import ballot.api.StoreException;
import ballot.api.Term;

/**
 * How rules bring up candidates that keep ledgers. Of a backend that keeps none each rule says just
 * that.
 */
abstract class LedgerGround extends InterruptionRules {

  static final String NAME = "runs";

  /** A rule that holds in an election that nobody used before. */
  @FunctionalInterface
  interface Rule {
    void holdsIn(ElectionName election) throws Exception;
  }

  /** Checks the rule, or that there are no ledgers. */
  final void onLedgers(Rule rule) throws Exception {
    ElectionName election = freshElection();
    if (keepsALedger()) {
      rule.holdsIn(election);
      return;
    }
    Contender leader = stands(election, "leader");
    leader.winsAtOnce();
    assertThat(leader.candidacy().ledger(NAME)).isEmpty();
    assertThat(onlookersPage(joins(), election, NAME)).isEqualTo(Page.BLANK);
  }

  /** A candidate of a participant of its own, with its ledger. */
  final Bookkeeper keeper(ElectionName election, String id) {
    return Bookkeeper.of(stands(election, id), NAME, budget());
  }

  static Term wins(Bookkeeper keeper) throws StoreException {
    return keeper.contender().winsAtOnce().lease().term();
  }

  final Term succeeds(Bookkeeper keeper) throws StoreException {
    return keeper.contender().winsWithin(afterResigning()).lease().term();
  }

  final Page onlookersPage(Participant onlooker, ElectionName election, String name)
      throws StoreException {
    return onlooker.store().readLedger(election, name, budget());
  }

  /** An onlooker may be behind for a moment, as when it looks at the election. */
  final void onlookerSees(Participant onlooker, ElectionName election, Page page) {
    Await.until(
        "an onlooker reads what is written",
        budget(),
        () -> onlookersPage(onlooker, election, NAME).equals(page));
  }
}
