package ballot.api;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The known name that somebody may have meant: for errors that suggest. */
public final class Nearest {

  private Nearest() {}

  /** The nearest of some names, unless all of them are too far to be a help. */
  public static Optional<String> to(String meant, Stream<String> names) {
    int far = Math.max(1, Math.min(3, meant.length() / 3));
    return names
        .filter(name -> Math.abs(name.length() - meant.length()) <= far || name.startsWith(meant))
        .filter(name -> distance(meant, name) <= far || isBeginning(meant, name))
        .min(
            Comparator.comparingInt((String name) -> distance(meant, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** The same as the end of a sentence, {@code , did you mean 'x'?}, or nothing. */
  public static String suggestion(String meant, Stream<String> names) {
    return to(meant, names).map(name -> ", did you mean '" + name + "'?").orElse("");
  }

  private static boolean isBeginning(String meant, String name) {
    return meant.length() >= 4 && name.startsWith(meant);
  }

  /** Letters to add, drop, change or swap with their neighbour. */
  static int distance(String one, String other) {
    int[][] cost = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, one, other, i, j);
      }
    }
    return cost[one.length()][other.length()];
  }

  private static int cheapest(int[][] cost, String one, String other, int i, int j) {
    boolean same = one.charAt(i - 1) == other.charAt(j - 1);
    int best = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
    best = Math.min(best, cost[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
