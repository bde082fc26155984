package ballot.zookeeper;

import ballot.api.ElectionStore;
import ballot.api.RejectedException;
import ballot.testkit.GivenSettings;
import ballot.testkit.Participant;
import java.io.IOException;

/** A store that reaches its server on a detour. */
final class ZooKeeperParticipant implements Participant {

  private final Detour detour;
  private final ElectionStore store;

  ZooKeeperParticipant(int port, GivenSettings settings) throws IOException, RejectedException {
    this.detour = new Detour(port);
    this.store = new ZooKeeperBackend().open(settings.with("zookeeper-servers", detour.address()));
  }

  @Override
  public ElectionStore store() {
    return store;
  }

  Detour detour() {
    return detour;
  }

  @Override
  public void fallSilent() {
    cutOff();
  }

  @Override
  public void cutOff() {
    detour.block();
  }

  @Override
  public void reconnect() {
    detour.clear();
  }

  @Override
  public void close() {
    store.close();
    detour.close();
  }
}
