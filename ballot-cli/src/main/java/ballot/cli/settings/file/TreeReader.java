package ballot.cli.settings.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML or JSON into a tree that knows its lines. The only class that knows the library.
 *
 * <p>Anchors and merge keys work, but what they add up to is bounded. Texts of the library that
 * would show a part of the file are not passed on: it may hold a secret.
 */
final class TreeReader {

  private static final Pattern PLACE =
      Pattern.compile("(?m)^ in .*, line ([0-9]{1,7}), column [0-9]+:$");
  private static final int DEEPEST = 24;
  private static final long MOST_PARTS = 20_000;

  private final JsonParser parser;
  private final Map<String, Node> anchors = new HashMap<>();
  private long parts;

  private TreeReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * The sections of a text; nothing when it holds no more than comments.
   *
   * @throws FileFault saying what is wrong and on which line
   */
  static Optional<Node.Section> read(String text, boolean json) throws FileFault {
    JsonFactory factory = json ? new JsonFactory() : new YAMLFactory();
    try (JsonParser parser = factory.createParser(text)) {
      return new TreeReader(parser).document();
    } catch (JsonProcessingException wrong) {
      throw new FileFault(lineOf(wrong), "cannot be read: " + problem(wrong));
    } catch (IOException | RuntimeException unexpected) {
      throw new FileFault(0, "is neither YAML nor JSON");
    }
  }

  private Optional<Node.Section> document() throws IOException, FileFault {
    if (parser.nextToken() == null) {
      return Optional.empty();
    }
    Node root = node(0);
    if (parser.nextToken() != null) {
      throw new FileFault(line(), "a second document begins here; one file holds one");
    }
    return switch (root) {
      case Node.Section section -> Optional.of(section);
      case Node.Scalar scalar when scalar.text() == null -> Optional.empty();
      case Node.Scalar scalar ->
          throw new FileFault(scalar.line(), "holds plain text; write 'key: value' lines");
      case Node.Items items ->
          throw new FileFault(items.line(), "holds a list; write 'key: value' lines");
    };
  }

  private Node node(int depth) throws IOException, FileFault {
    if (depth > DEEPEST) {
      throw new FileFault(line(), "is nested deeper than " + DEEPEST + " levels");
    }
    int line = line();
    String anchor = anchor();
    Node node =
        isAlias()
            ? referred()
            : switch (parser.currentToken()) {
              case START_OBJECT -> section(depth, line);
              case START_ARRAY -> items(depth, line);
              case VALUE_NULL -> new Node.Scalar(null, line);
              default -> new Node.Scalar(parser.getText(), line);
            };
    if (anchor != null) {
      anchors.put(anchor, node);
    }
    return counted(node, line);
  }

  private Node counted(Node node, int line) throws FileFault {
    parts += isContainer(node) ? 1 : node.size();
    if (parts > MOST_PARTS || node.size() > MOST_PARTS) {
      throw new FileFault(line, "holds more than " + MOST_PARTS + " values");
    }
    return node;
  }

  private static boolean isContainer(Node node) {
    return !(node instanceof Node.Scalar);
  }

  private Node.Items items(int depth, int line) throws IOException, FileFault {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(depth + 1));
    }
    return Node.Items.of(items, line);
  }

  private Node.Section section(int depth, int line) throws IOException, FileFault {
    List<Node.Entry> entries = new ArrayList<>();
    List<Node> merged = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int keyLine = line();
      parser.nextToken();
      Node value = node(depth + 1);
      if (key.equals("<<")) {
        merged.add(value);
      } else {
        entries.add(new Node.Entry(key, keyLine, value));
      }
    }
    for (Node other : merged) {
      merge(entries, other);
    }
    return Node.Section.of(entries, line);
  }

  /** What is written in place goes before what is merged, and the first merged before the next. */
  private static void merge(List<Node.Entry> entries, Node other) throws FileFault {
    switch (other) {
      case Node.Section section -> {
        for (Node.Entry entry : section.entries()) {
          if (entries.stream().noneMatch(own -> own.key().equalsIgnoreCase(entry.key()))) {
            entries.add(entry);
          }
        }
      }
      case Node.Items items -> {
        for (Node item : items.items()) {
          merge(entries, item);
        }
      }
      case Node.Scalar scalar ->
          throw new FileFault(scalar.line(), "'<<' merges a section, not a single value");
    }
  }

  private @Nullable String anchor() throws IOException {
    return parser.canReadObjectId() && parser.getObjectId() instanceof String name ? name : null;
  }

  private boolean isAlias() {
    return parser instanceof YAMLParser yaml && yaml.isCurrentAlias();
  }

  private Node referred() throws IOException, FileFault {
    Node node = anchors.get(parser.getText());
    if (node == null) {
      throw new FileFault(
          line(), "'*" + parser.getText() + "' refers to an anchor that does not end before it");
    }
    return node;
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  /** YAML's own message ends with the place of the problem; the location is where it began. */
  private static int lineOf(JsonProcessingException wrong) {
    Matcher place = PLACE.matcher(wrong.getOriginalMessage());
    int line = wrong.getLocation() == null ? 0 : wrong.getLocation().getLineNr();
    while (place.find()) {
      line = Integer.parseInt(place.group(1));
    }
    return line;
  }

  /** Without the indented lines, which show a part of the file, nor what is quoted of it. */
  private static String problem(JsonProcessingException wrong) {
    String message = wrong.getOriginalMessage();
    if (message.startsWith("Unrecognized token")) {
      return "text without quotes where a JSON value is expected";
    }
    String problem =
        message
            .replaceAll("\\s*\\(start marker at .*\\)$", "")
            .replaceAll("\\[Source: [^\\]]*\\]", "the file")
            .replaceAll("<org\\.yaml\\.[^>]*>", "something else")
            .lines()
            .filter(line -> !line.startsWith(" "))
            .reduce("", TreeReader::append);
    return problem.isEmpty() ? "it is neither YAML nor JSON" : problem;
  }

  private static String append(String head, String tail) {
    return head.isEmpty() ? tail : head + ", " + tail;
  }
}
