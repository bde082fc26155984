package ballot.zookeeper;

/**
 * A place in line: a znode that lives as long as the session that made it.
 *
 * <p>Names come again when somebody deletes the election by hand and others make it anew, so a path
 * alone says not whose place it is.
 *
 * @param session the session that made it
 * @param made the transaction that made it
 */
record Place(String path, long session, long made) {

  String name() {
    return Paths.name(path);
  }

  /** Whether it is a place in that life of the base znode, and not in one that was deleted. */
  boolean isIn(Sight base) {
    return made > base.created();
  }
}
