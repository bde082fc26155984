package ballot.zookeeper;

/**
 * A place in line: a znode that lives as long as the session that made it.
 *
 * @param session the session that made it
 */
record Place(String path, long session) {

  String name() {
    return Paths.name(path);
  }
}
