package ballot.engine;

import ballot.api.Candidacy;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store's side of an election that says what a test tells it to say. */
final class FakeCandidacy implements Candidacy {

  /** What was asked, in order, and {@code close}. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  volatile Reply onCampaign = () -> Verdict.NotElected.heldBy(null);
  volatile Reply onRenew = () -> Verdict.NotElected.heldBy(null);
  volatile Act onResign = () -> {};
  volatile Runnable onClose = () -> {};

  /** An answer, or the failure to give one. */
  @FunctionalInterface
  interface Reply {
    Verdict give() throws StoreException;
  }

  /** An act, or the failure of one. */
  @FunctionalInterface
  interface Act {
    void take() throws StoreException;
  }

  @Override
  public Verdict campaign(Duration budget) throws StoreException {
    calls.add("campaign");
    return onCampaign.give();
  }

  @Override
  public Verdict renew(Term term, Duration budget) throws StoreException {
    calls.add("renew " + term);
    return onRenew.give();
  }

  @Override
  public void resign(Term term, Duration budget) throws StoreException {
    calls.add("resign " + term);
    onResign.take();
  }

  @Override
  public void close() {
    calls.add("close");
    onClose.run();
  }
}
