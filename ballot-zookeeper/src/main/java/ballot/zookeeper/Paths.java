package ballot.zookeeper;

import ballot.api.ElectionName;
import ballot.api.RejectedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.zookeeper.common.PathUtils;

/** Where an election and its candidates are kept: the layout of scality/ballot. */
final class Paths {

  static final String PREFIX = "proposal-";

  /** No path of an election has a segment that ends so. */
  private static final String BESIDE = ElectionName.RESERVED_SEGMENT;

  private static final Pattern PROPOSAL = Pattern.compile("proposal-\\d{10}");

  private Paths() {}

  /**
   * The base znode of an election: holds the leader's lease, and the candidates below it.
   *
   * @throws RejectedException when ZooKeeper takes no such path
   */
  static String base(ElectionName election) throws RejectedException {
    String path = "/" + election.path();
    Optional<String> complaint = complaint(path);
    if (complaint.isPresent()) {
      throw new RejectedException(
          "election " + election + " cannot be a path in ZooKeeper: " + complaint.get());
    }
    if (path.equals("/zookeeper") || path.startsWith("/zookeeper/")) {
      throw new RejectedException(
          "election " + election + ": what is below /zookeeper belongs to ZooKeeper itself");
    }
    if (Arrays.stream(path.split("/")).anyMatch(segment -> segment.endsWith(BESIDE))) {
      throw new RejectedException(
          "election "
              + election
              + ": where a name ends with "
              + BESIDE
              + " ballot keeps what belongs beside the election of the name before; choose another"
              + " name");
    }
    return path;
  }

  /** Where all is kept that belongs beside an election; no election has such a path. */
  static String beside(String base) {
    return base + BESIDE;
  }

  /** The znode above another one. */
  static String above(String path) {
    int slash = path.lastIndexOf('/');
    return slash == 0 ? "/" : path.substring(0, slash);
  }

  /** What ZooKeeper has against a path. */
  static Optional<String> complaint(String path) {
    try {
      PathUtils.validatePath(path);
      return Optional.empty();
    } catch (IllegalArgumentException wrong) {
      return Optional.of(String.valueOf(wrong.getMessage()));
    }
  }

  /** The znodes above a path and the path itself, the highest first. */
  static List<String> fromTheTop(String path) {
    List<String> paths = new ArrayList<>();
    for (int end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
      paths.add(path.substring(0, end));
    }
    paths.add(path);
    return paths;
  }

  /** What ZooKeeper makes the names of candidates from. */
  static String proposals(String base) {
    return base + "/" + PREFIX;
  }

  /** Whether a child of the base znode is a candidate. */
  static boolean isProposal(String name) {
    return PROPOSAL.matcher(name).matches();
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
