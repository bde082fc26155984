package ballot.consul;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which prefixes to watch for a set of elections: the election's own key where it stands alone in
 * its folder, the folder where several do, and folders further up where that is still too many.
 */
final class WatchPlan {

  private WatchPlan() {}

  /** Whether a watch on a prefix sees an election. */
  static boolean covers(String prefix, String election) {
    return prefix.equals(election) || (prefix.endsWith("/") && election.startsWith(prefix));
  }

  /**
   * Makes a plan.
   *
   * @param most how many prefixes there should be at most; there are more only where elections have
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
    while (prefixes.size() > most) {
      String shared = deepestShared(prefixes, forbidden);
      if (shared.isEmpty()) {
        break;
      }
      replace(prefixes, shared);
    }
    return prefixes;
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
