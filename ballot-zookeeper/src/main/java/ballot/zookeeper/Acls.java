package ballot.zookeeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;

/** The rights on what is made, as a user writes them. */
final class Acls {

  static final String ALLOWED =
      "write open, creator, or scheme:id:permissions with permissions out of c, d, r, w and a;"
          + " a list has commas";

  private static final String LETTERS = "rwcda";

  private Acls() {}

  static Optional<List<ACL>> parse(List<String> entries) {
    if (entries.size() == 1) {
      switch (entries.getFirst().toLowerCase(Locale.ROOT)) {
        case "open" -> {
          return Optional.of(ZooDefs.Ids.OPEN_ACL_UNSAFE);
        }
        case "creator" -> {
          return Optional.of(ZooDefs.Ids.CREATOR_ALL_ACL);
        }
        default -> {}
      }
    }
    List<ACL> acl = new ArrayList<>();
    for (String entry : entries) {
      Optional<ACL> right = right(entry);
      if (right.isEmpty()) {
        return Optional.empty();
      }
      acl.add(right.get());
    }
    return acl.isEmpty() ? Optional.empty() : Optional.of(acl);
  }

  /**
   * The rights on a znode above elections: others may have theirs beside ours, and may not take
   * ours away.
   */
  static List<ACL> shared(List<ACL> acl) {
    if (acl.stream().anyMatch(right -> right.getId().equals(ZooDefs.Ids.ANYONE_ID_UNSAFE))) {
      return acl;
    }
    List<ACL> shared = new ArrayList<>(acl);
    shared.add(new ACL(ZooDefs.Perms.READ | ZooDefs.Perms.CREATE, ZooDefs.Ids.ANYONE_ID_UNSAFE));
    return shared;
  }

  private static Optional<ACL> right(String entry) {
    int first = entry.indexOf(':');
    int last = entry.lastIndexOf(':');
    if (first <= 0 || last <= first) {
      return Optional.empty();
    }
    return permissions(entry.substring(last + 1))
        .map(
            permissions ->
                new ACL(
                    permissions,
                    new Id(entry.substring(0, first), entry.substring(first + 1, last))));
  }

  private static Optional<Integer> permissions(String text) {
    int bits = 0;
    for (char letter : text.toCharArray()) {
      int bit = LETTERS.indexOf(letter);
      if (bit < 0) {
        return Optional.empty();
      }
      // in ZooKeeper's own order: read, write, create, delete, admin
      bits |= 1 << bit;
    }
    return bits == 0 ? Optional.empty() : Optional.of(bits);
  }
}
