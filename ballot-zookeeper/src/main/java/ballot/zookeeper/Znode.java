package ballot.zookeeper;

import org.apache.zookeeper.data.Stat;

/** A znode as it was read. */
record Znode(byte[] data, Stat stat) {}
