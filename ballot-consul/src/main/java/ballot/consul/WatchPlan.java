package ballot.consul;

import ballot.api.ElectionName;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What to watch for a set of elections: the election's own key and the line beside it where it
 * stands alone in its folder, the folder where several do, and folders further up where that is
 * still too many.
 */
final class WatchPlan {

  private WatchPlan() {}

  /** What a watch sees of an election. */
  enum Part {
    /** Its key. */
    KEY,
    /** What stands beside it. */
    BESIDE,
    /** Both. */
    WHOLE;

    boolean hasKey() {
      return this != BESIDE;
    }

    boolean hasBeside() {
      return this != KEY;
    }
  }

  /** What a watch on a key or a folder sees of an election, if anything. */
  static Optional<Part> part(String watched, String election) {
    if (watched.equals(election)) {
      return Optional.of(Part.KEY);
    }
    if (watched.endsWith("/") && election.startsWith(watched)) {
      return Optional.of(Part.WHOLE);
    }
    return watched.endsWith("/") && beside(election).startsWith(watched)
        ? Optional.of(Part.BESIDE)
        : Optional.empty();
  }

  private static String beside(String election) {
    return Names.line(new ElectionName(election));
  }

  /**
   * Makes a plan.
   *
   * @param most how many watches there should be at most; there are more only where elections have
   *     no folder in common
   * @param forbidden folders that may not be listed
   */
  static Set<String> of(Collection<String> elections, int most, Set<String> forbidden) {
    TreeSet<String> prefixes = new TreeSet<>(elections);
    for (String election : elections) {
      String folder = folder(election);
      boolean shared = prefixes.stream().filter(each -> folder(each).equals(folder)).count() > 1;
      if (shared && !folder.isEmpty() && !forbidden.contains(folder)) {
        replace(prefixes, folder);
      }
    }
    while (withThoseBeside(prefixes, forbidden).size() > most) {
      String shared = deepestShared(prefixes, forbidden);
      if (shared.isEmpty()) {
        break;
      }
      replace(prefixes, shared);
    }
    return withThoseBeside(prefixes, forbidden);
  }

  private static Set<String> withThoseBeside(Set<String> prefixes, Set<String> forbidden) {
    Set<String> all = new TreeSet<>(prefixes);
    for (String key : prefixes) {
      if (!key.endsWith("/") && !forbidden.contains(beside(key)) && !isShown(beside(key), all)) {
        all.add(beside(key));
      }
    }
    return all;
  }

  private static boolean isShown(String folder, Set<String> watched) {
    return watched.stream().anyMatch(each -> each.endsWith("/") && folder.startsWith(each));
  }

  private static void replace(Set<String> prefixes, String folder) {
    prefixes.removeIf(prefix -> prefix.startsWith(folder));
    prefixes.add(folder);
  }

  /** The folder furthest down that has at least two prefixes below; empty if there is none. */
  private static String deepestShared(Set<String> prefixes, Set<String> forbidden) {
    Map<String, Integer> below = new TreeMap<>();
    for (String prefix : prefixes) {
      for (String above = folder(prefix); !above.isEmpty(); above = folder(above)) {
        below.merge(above, 1, Integer::sum);
      }
    }
    return below.entrySet().stream()
        .filter(entry -> entry.getValue() > 1 && !forbidden.contains(entry.getKey()))
        .max(
            Comparator.<Map.Entry<String, Integer>>comparingLong(entry -> depth(entry.getKey()))
                .thenComparing(Map.Entry::getValue))
        .map(Map.Entry::getKey)
        .orElse("");
  }

  private static long depth(String folder) {
    return folder.chars().filter(letter -> letter == '/').count();
  }

  /** The folder of a key or of a folder, with its slash; empty at the top. */
  private static String folder(String prefix) {
    int end = prefix.endsWith("/") ? prefix.length() - 2 : prefix.length() - 1;
    return prefix.substring(0, prefix.lastIndexOf('/', end) + 1);
  }
}
