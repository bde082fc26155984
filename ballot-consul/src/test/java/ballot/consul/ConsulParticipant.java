package ballot.consul;

import ballot.api.ElectionStore;
import ballot.api.RejectedException;
import ballot.testkit.GivenSettings;
import ballot.testkit.Participant;
import java.io.IOException;

/** A store that reaches its agent through a meddler. */
final class ConsulParticipant implements Participant {

  private final Meddler meddler;
  private final ElectionStore store;

  ConsulParticipant(int port, GivenSettings settings) throws IOException, RejectedException {
    this.meddler = new Meddler(port);
    this.store = new ConsulBackend().open(settings.with("consul.address", meddler.address()));
  }

  @Override
  public ElectionStore store() {
    return store;
  }

  Meddler meddler() {
    return meddler;
  }

  @Override
  public void fallSilent() {
    cutOff();
  }

  @Override
  public void cutOff() {
    meddler.meddle(Meddler.Deed.HANG);
  }

  @Override
  public void reconnect() {
    meddler.behave();
  }

  @Override
  public void close() {
    store.close();
    meddler.close();
  }
}
