/** Elections in ZooKeeper. */
@NullMarked
package ballot.zookeeper;

import org.jspecify.annotations.NullMarked;
