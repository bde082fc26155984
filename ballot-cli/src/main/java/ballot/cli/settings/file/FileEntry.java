package ballot.cli.settings.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A value of a file with the way to it.
 *
 * @param path the keys from the outside in, as they are written
 * @param line where its key is; the first line is 1
 * @param shape how it is written
 * @param texts what is written, variables not yet filled in; nothing for an empty value
 */
public record FileEntry(List<String> path, int line, Shape shape, List<String> texts) {

  private static final String SERVICES = "election.services";

  /** How a value is written. */
  public enum Shape {
    /** One text, or nothing. */
    VALUE,
    /** A list of texts. */
    LIST,
    /** A list of lists or sections. */
    NESTED_LIST,
    /** A section without a key. */
    EMPTY_SECTION
  }

  /** Copies the lists. */
  public FileEntry {
    path = List.copyOf(path);
    texts = List.copyOf(texts);
  }

  /** All values of a tree. */
  static List<FileEntry> of(Node.Section root) {
    List<FileEntry> entries = new ArrayList<>();
    collect(root, List.of(), entries);
    return entries;
  }

  private static void collect(Node.Section section, List<String> path, List<FileEntry> entries) {
    for (Node.Entry entry : section.entries()) {
      List<String> way = new ArrayList<>(path);
      way.addAll(path.isEmpty() ? split(entry.key().strip()) : List.of(entry.key().strip()));
      if (entry.value() instanceof Node.Section inner && !inner.entries().isEmpty()) {
        collect(inner, way, entries);
      } else {
        entries.add(new FileEntry(way, entry.line(), shapeOf(entry.value()), texts(entry.value())));
      }
    }
  }

  /** A service's name may hold dots, so of a dotted key only the ends are taken off. */
  private static List<String> split(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    if (lower.equals(SERVICES)) {
      return List.of("election", "services");
    }
    int last = key.lastIndexOf('.');
    if (!lower.startsWith(SERVICES + ".") || last <= SERVICES.length() + 1) {
      return List.of(key);
    }
    String name = key.substring(SERVICES.length() + 1, last);
    return List.of("election", "services", name, key.substring(last + 1));
  }

  private static Shape shapeOf(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> Shape.VALUE;
      case Node.Section section -> Shape.EMPTY_SECTION;
      case Node.Items items ->
          items.items().stream().allMatch(Node.Scalar.class::isInstance)
              ? Shape.LIST
              : Shape.NESTED_LIST;
    };
  }

  private static List<String> texts(Node node) {
    List<Node> nodes = node instanceof Node.Items items ? items.items() : List.of(node);
    return nodes.stream()
        .map(part -> part instanceof Node.Scalar scalar ? scalar.text() : null)
        .filter(Objects::nonNull)
        .map(String::valueOf)
        .toList();
  }

  /** The keys joined by dots. */
  public String key() {
    return String.join(".", path);
  }

  /**
   * The key as it may be shown: of {@code {token:secret}}, where a blank is missing, the whole is a
   * key.
   */
  public String shownKey() {
    int colon = key().indexOf(':');
    return colon < 0 ? key() : key().substring(0, colon + 1) + "…";
  }

  /** Whether this is below {@code election.services}. */
  public boolean isOfServices() {
    return path.size() >= 2
        && path.get(0).equalsIgnoreCase("election")
        && path.get(1).equalsIgnoreCase("services");
  }
}
