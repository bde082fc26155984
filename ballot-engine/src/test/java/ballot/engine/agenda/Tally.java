package ballot.engine.agenda;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How often everything happened, over one simulation or many. */
final class Tally {

  private final long[][] strikes = new long[Window.values().length][Strike.values().length];
  private final Map<String, Long> others = new TreeMap<>();
  long seeds;
  long virtualSeconds;

  void count(Window window, Strike strike) {
    strikes[window.ordinal()][strike.ordinal()]++;
  }

  void count(String what) {
    others.merge(what, 1L, Long::sum);
  }

  long of(Window window, Strike strike) {
    return strikes[window.ordinal()][strike.ordinal()];
  }

  long of(String what) {
    return others.getOrDefault(what, 0L);
  }

  void add(Tally other) {
    for (int i = 0; i < strikes.length; i++) {
      for (int j = 0; j < strikes[i].length; j++) {
        strikes[i][j] += other.strikes[i][j];
      }
    }
    other.others.forEach((what, count) -> others.merge(what, count, Long::sum));
    seeds += other.seeds;
    virtualSeconds += other.virtualSeconds;
  }

  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    line(table, "seeds", seeds);
    line(table, "days of virtual time", virtualSeconds / 86_400);
    others.forEach((what, count) -> line(table, what, count));
    for (Window window : Window.values()) {
      table.append('\n');
      for (Strike strike : Strike.values()) {
        line(table, strike.words + " " + window.words, of(window, strike));
      }
    }
    return table.toString();
  }

  private static void line(StringBuilder table, String words, long count) {
    table.append(String.format(Locale.ROOT, "%,14d  %s%n", count, words));
  }
}
