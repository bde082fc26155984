package ballot.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Columns of text that fit a width: narrow ones keep to a share of it, the last one takes what is
 * left and goes on below.
 */
public final class Table {

  private static final int LEAST_LAST = 24;
  private static final String GAP = "  ";

  private final int width;
  private final List<String> heads;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table without rows. */
  public Table(int width, String... heads) {
    this.width = width;
    this.heads = List.of(heads);
  }

  /** Adds a row with a cell for each head. */
  public void add(String... cells) {
    if (cells.length != heads.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + heads);
    }
    rows.add(List.of(cells));
  }

  /** The lines, the heads first; none ends with blanks. */
  public List<String> lines() {
    int last = heads.size() - 1;
    int[] widths = widths(last);
    int rest = width - IntStream.of(widths).sum() - GAP.length() * last;
    List<String> lines = new ArrayList<>();
    append(lines, heads, widths, rest);
    rows.forEach(row -> append(lines, row, widths, rest));
    return lines;
  }

  private int[] widths(int last) {
    int[] widths =
        IntStream.range(0, last)
            .map(column -> Math.max(heads.get(column).length(), widest(column)))
            .toArray();
    int room = width - LEAST_LAST - GAP.length() * last;
    while (IntStream.of(widths).sum() > room) {
      int broadest =
          IntStream.range(0, last)
              .reduce((one, other) -> widths[other] > widths[one] ? other : one)
              .orElse(0);
      if (widths[broadest] <= 1) {
        break;
      }
      widths[broadest]--;
    }
    return widths;
  }

  private int widest(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static void append(List<String> lines, List<String> cells, int[] widths, int rest) {
    StringBuilder head = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = shortened(cells.get(column), widths[column]);
      head.append(cell).append(" ".repeat(widths[column] - cell.length())).append(GAP);
    }
    String indent = " ".repeat(head.length());
    List<String> texts = wrapped(cells.getLast(), Math.max(rest, LEAST_LAST));
    for (int i = 0; i < texts.size(); i++) {
      lines.add(((i == 0 ? head : indent) + texts.get(i)).stripTrailing());
    }
  }

  private static String shortened(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }

  /** The text in lines that end between words where they can. */
  public static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
      while (line.length() > width) {
        lines.add(line.substring(0, width));
        line.delete(0, width);
      }
    }
    lines.add(line.toString());
    return lines;
  }
}
