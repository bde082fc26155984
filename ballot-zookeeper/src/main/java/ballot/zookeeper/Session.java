package ballot.zookeeper;

import java.time.Duration;
import org.apache.zookeeper.ZooKeeper;

/**
 * A session as it is connected now.
 *
 * @param handle for requests
 * @param id the owner of what the session makes
 * @param timeout what the servers granted
 * @param connection counts connections; another number means that there was a gap
 */
record Session(ZooKeeper handle, long id, Duration timeout, int connection) {}
