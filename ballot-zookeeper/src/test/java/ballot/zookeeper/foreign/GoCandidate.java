package ballot.zookeeper.foreign;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/**
 * Stands, waits and leads as the Go tool does.
 *
 * <p>Its habits: the lowest child leads; it waits while the lease is younger than its own session
 * timeout by the wall clock, looking every half of it; it claims and beats by compare-and-set. Its
 * flaws: it deletes its proposal before it clears the lease, and clears with the version that it
 * remembers from the claim, which fails after the first heartbeat; a heartbeat whose answer is lost
 * makes all later ones fail; its command runs on whatever becomes of its leadership; when it ends
 * it does nothing, and its session runs out.
 */
final class GoCandidate {

  private final String servers;
  private final String base;
  private final Duration timeout;
  private final String id;
  private final Witness witness;
  private final Semaphore wake = new Semaphore(0);
  private final Semaphore giveWay = new Semaphore(0);

  private ZooKeeper client;
  private String proposedAt = "";
  private String proposal = "";

  GoCandidate(String servers, String base, Duration timeout, String id, Witness witness)
      throws IOException {
    this.servers = servers;
    this.base = base;
    this.timeout = timeout;
    this.id = id;
    this.witness = witness;
    this.client = connect();
  }

  private ZooKeeper connect() throws IOException {
    return new ZooKeeper(servers, (int) timeout.toMillis(), this::look);
  }

  private void look(WatchedEvent event) {
    wake.release();
  }

  /** The command of this leader has ended; any thread. */
  void giveWay() {
    giveWay.release();
  }

  /** Stands and leads again and again. */
  void run() throws IOException, InterruptedException {
    while (true) {
      try {
        createParents();
        stand();
        lead(claim());
      } catch (KeeperException.SessionExpiredException expired) {
        say("session expired");
        client.close();
        client = connect();
      } catch (KeeperException trouble) {
        say("election failed: " + trouble.getMessage());
        pause(Duration.ofMillis(200));
      }
    }
  }

  private void say(String what) {
    System.out.println(id + " " + what);
  }

  private static void pause(Duration duration) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(duration.toNanos());
  }

  private void createParents() throws KeeperException, InterruptedException {
    for (int slash = base.indexOf('/', 1); ; slash = base.indexOf('/', slash + 1)) {
      String path = slash < 0 ? base : base.substring(0, slash);
      try {
        client.create(path, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      } catch (KeeperException.NodeExistsException there) {
        // as it should be
      }
      if (slash < 0) {
        return;
      }
    }
  }

  private void stand() throws KeeperException, InterruptedException {
    proposedAt = GoText.now();
    proposal =
        client.create(
            base + "/proposal-",
            GoProposal.write(id, proposedAt, "", timeout, null),
            ZooDefs.Ids.OPEN_ACL_UNSAFE,
            CreateMode.EPHEMERAL_SEQUENTIAL);
    say("standing " + proposal);
  }

  /** Waits for its turn; the version of the lease that it has written. */
  private int claim() throws KeeperException, InterruptedException {
    while (true) {
      wake.drainPermits();
      if (!isLowest()) {
        wake.acquire();
        continue;
      }
      Stat seen = new Stat();
      byte[] lease = client.getData(base, false, seen);
      if (lease.length > 0 && System.currentTimeMillis() - seen.getMtime() < timeout.toMillis()) {
        pause(timeout.dividedBy(2));
        continue;
      }
      try {
        return beat(seen.getVersion());
      } catch (KeeperException.BadVersionException another) {
        say("claimed in vain");
      }
    }
  }

  private boolean isLowest() throws KeeperException, InterruptedException {
    List<String> line = client.getChildren(base, this::look).stream().sorted().toList();
    int place = line.indexOf(proposal.substring(base.length() + 1));
    if (place < 0) {
      throw new KeeperException.NoNodeException(proposal);
    }
    if (place == 0) {
      return true;
    }
    if (client.exists(base + "/" + line.get(place - 1), this::look) == null) {
      wake.release(); // it went while we looked: look again
    }
    return false;
  }

  private int beat(int version) throws KeeperException, InterruptedException {
    byte[] lease = GoProposal.write(id, proposedAt, proposal, timeout, GoText.now());
    Stat written = client.setData(base, lease, version);
    witness.beats(id);
    return written.getVersion();
  }

  private void lead(int claimed) throws KeeperException, InterruptedException {
    giveWay.drainPermits();
    witness.starts(id);
    say("leading");
    int version = claimed;
    while (!giveWay.tryAcquire(timeout.toNanos() / 2, TimeUnit.NANOSECONDS)) {
      try {
        version = beat(version);
      } catch (KeeperException failure) {
        say("heartbeat failed: " + failure.getMessage());
      }
    }
    witness.stops(id);
    say("giving way");
    client.delete(proposal, -1);
    try {
      client.setData(base, new byte[0], claimed);
    } catch (KeeperException.BadVersionException tooOld) {
      say("could not clear the lease");
    }
  }
}
