package ballot.exec;

import java.io.File;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The existing name that somebody may have meant, as the end of a sentence. */
final class NearestName {

  /** Beyond this many differing letters a suggestion is a riddle. */
  private static final int FAR = 2;

  private NearestName() {}

  static String besideOf(Path path) {
    Path name = path.getFileName();
    File folder =
        path.toAbsolutePath().getParent() == null
            ? new File("/")
            : path.toAbsolutePath().getParent().toFile();
    if (!folder.isDirectory()) {
      return ": there is no folder " + folder;
    }
    return name == null ? "" : suggestion(name.toString(), executablesIn(folder));
  }

  static String onPath(String command, String searchPath) {
    return suggestion(
        command,
        Stream.of(searchPath.split(":", -1))
            .filter(folder -> !folder.isEmpty())
            .flatMap(folder -> executablesIn(new File(folder))));
  }

  private static Stream<String> executablesIn(File folder) {
    String @Nullable [] names = folder.list();
    return names == null
        ? Stream.empty()
        : Stream.of(names).filter(name -> new File(folder, name).isFile());
  }

  private static String suggestion(String meant, Stream<String> names) {
    int allowed = Math.min(FAR, meant.length() / 2);
    Optional<String> nearest =
        names
            .filter(name -> Math.abs(name.length() - meant.length()) <= allowed)
            .filter(name -> distance(meant, name) <= allowed)
            .min(
                Comparator.comparingInt((String name) -> distance(meant, name))
                    .thenComparing(Comparator.naturalOrder()));
    return nearest.map(name -> ", did you mean %s?".formatted(name)).orElse("");
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
