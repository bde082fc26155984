/**
 * A double of the Go tool that fleets run today, with its habits and flaws, written against
 * ZooKeeper's own client and sharing nothing with our backend; and a witness of who runs when.
 */
@NullMarked
package ballot.zookeeper.foreign;

import org.jspecify.annotations.NullMarked;
