package ballot.consul;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

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
   */
  static List<String> of(Collection<String> elections, int most) {
    TreeSet<String> prefixes = new TreeSet<>(elections);
    share(prefixes, WatchPlan::folder, 2);
    while (prefixes.size() > most) {
      int before = prefixes.size();
      String deepest = deepestShared(prefixes);
      if (deepest.isEmpty()) {
        break;
      }
      prefixes.removeIf(prefix -> prefix.startsWith(deepest));
      prefixes.add(deepest);
      if (prefixes.size() >= before) {
        break;
      }
    }
    return List.copyOf(prefixes);
  }

  private static void share(Set<String> prefixes, Function<String, String> folder, int atLeast) {
    Map<String, List<String>> byFolder =
        prefixes.stream().collect(Collectors.groupingBy(folder, TreeMap::new, Collectors.toList()));
    byFolder.forEach(
        (shared, members) -> {
          if (!shared.isEmpty() && members.size() >= atLeast) {
            prefixes.removeIf(prefix -> prefix.startsWith(shared));
            prefixes.add(shared);
          }
        });
    prefixes.removeIf(
        prefix ->
            prefixes.stream().anyMatch(other -> !other.equals(prefix) && covers(other, prefix)));
  }

  /** The folder furthest down that holds at least two prefixes; empty if there is none. */
  private static String deepestShared(Collection<String> prefixes) {
    Map<String, Integer> held = new HashMap<>();
    for (String prefix : prefixes) {
      for (String above = folder(prefix); !above.isEmpty(); above = folder(above)) {
        held.merge(above, 1, Integer::sum);
      }
    }
    return held.entrySet().stream()
        .filter(entry -> entry.getValue() >= 2)
        .map(Map.Entry::getKey)
        .max(
            java.util.Comparator.<String>comparingLong(WatchPlan::depth)
                .thenComparing(held::get)
                .thenComparing(java.util.Comparator.naturalOrder()))
        .orElse("");
  }

  private static long depth(String prefix) {
    return prefix.chars().filter(letter -> letter == '/').count();
  }

  /** The folder of a key or of a folder, with its slash; empty at the top. */
  private static String folder(String prefix) {
    int end = prefix.endsWith("/") ? prefix.length() - 2 : prefix.length() - 1;
    return prefix.substring(0, prefix.lastIndexOf('/', end) + 1);
  }
}
