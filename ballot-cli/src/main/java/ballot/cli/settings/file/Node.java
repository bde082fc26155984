package ballot.cli.settings.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a file, and the line on which it begins. */
sealed interface Node {

  /** Text, or nothing where only a key was written. */
  record Scalar(@Nullable String text, int line) implements Node {
    @Override
    public long size() {
      return 1;
    }
  }

  /** A list. */
  record Items(List<Node> items, int line, long size) implements Node {
    static Items of(List<Node> items, int line) {
      return new Items(List.copyOf(items), line, sum(items));
    }
  }

  /** Keys with values. */
  record Section(List<Entry> entries, int line, long size) implements Node {
    static Section of(List<Entry> entries, int line) {
      List<Entry> copy = List.copyOf(entries);
      return new Section(copy, line, sum(copy.stream().map(Entry::value).toList()));
    }
  }

  /** A key and its value. */
  record Entry(String key, int line, Node value) {}

  /** Where it begins; the first line is 1. */
  int line();

  /** How many parts it has when everything that is referred to is written out. */
  long size();

  private static long sum(List<Node> parts) {
    long sum = 1;
    for (Node part : parts) {
      sum = Math.min(Long.MAX_VALUE / 2, sum + part.size());
    }
    return sum;
  }
}
