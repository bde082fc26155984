package ballot.zookeeper;

import ballot.api.ElectionBackend;
import ballot.api.ElectionStore;
import ballot.api.RejectedException;
import ballot.api.Setting;
import ballot.api.SettingValues;
import java.util.List;

/** Elections in ZooKeeper, in the layout of scality/ballot, so that fleets can mix. */
public final class ZooKeeperBackend implements ElectionBackend {

  /** For the service loader. */
  public ZooKeeperBackend() {}

  @Override
  public String name() {
    return "zookeeper";
  }

  @Override
  public String summary() {
    return "znodes of ZooKeeper 3.5 or newer, together with candidates of scality/ballot";
  }

  @Override
  public List<Setting<?>> settings() {
    return ZooKeeperSettings.all();
  }

  @Override
  public ElectionStore open(SettingValues values) throws RejectedException {
    return new ZooKeeperStore(Access.of(values));
  }
}
