/** Real ZooKeeper servers for tests, and the troubles that can befall them. */
@NullMarked
package ballot.zookeeper.servers;

import org.jspecify.annotations.NullMarked;
