package ballot.e2e.torture.world;

import java.nio.file.Path;
import java.util.List;

/** The worlds that there are. */
public final class Worlds {

  /** How many candidates stand in each. */
  public static final int CANDIDATES = 5;

  /** Their names, the quickest first. */
  public static final List<String> NAMES =
      List.of("local", "consul", "consul3", "zookeeper", "zookeeper3");

  private Worlds() {}

  /**
   * Makes one, with a store that answers.
   *
   * @param secret what nobody must find afterwards
   * @param undo learns of each part before it is there
   */
  public static World make(String name, Path folder, String secret, Undo undo) throws Exception {
    return switch (name) {
      case "local" -> new LocalWorld(folder, CANDIDATES);
      case "consul" -> new ConsulWorld(folder, 1, CANDIDATES, secret, undo);
      case "consul3" -> new ConsulWorld(folder, 3, CANDIDATES, secret, undo);
      case "zookeeper" -> new ZooKeeperWorld(folder, 1, CANDIDATES, secret, undo);
      case "zookeeper3" -> new ZooKeeperWorld(folder, 3, CANDIDATES, secret, undo);
      default -> throw new IllegalArgumentException("no world '" + name + "'; there are " + NAMES);
    };
  }
}
