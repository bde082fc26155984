package ballot.api;

import java.util.Arrays;

/**
 * Which election: a path of one or more segments, such as {@code ballot/election}.
 *
 * <p>Two candidates meet exactly when they use the same store and the same name. A leading slash is
 * not part of the name, so that {@code /consul-leader/lock} and {@code consul-leader/lock} are one
 * election on every backend. How a backend writes the name (key, znode, folder) is its own affair.
 *
 * @param path segments joined by single slashes, without one at either end
 */
public record ElectionName(String path) {

  /** The segment under which backends keep what belongs beside an election. */
  public static final String RESERVED_SEGMENT = ".ballot";

  private static final int LONGEST = 512;

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException saying what is wrong with the path and what is allowed
   */
  public ElectionName {
    path = path.startsWith("/") ? path.substring(1) : path;
    if (path.isEmpty()) {
      throw new IllegalArgumentException("an election needs a name, such as ballot/nightly-backup");
    }
    if (path.length() > LONGEST) {
      throw new IllegalArgumentException(
          "the name of an election has at most " + LONGEST + " characters, not " + path.length());
    }
    Arrays.stream(path.split("/", -1)).forEach(ElectionName::checkSegment);
  }

  private static void checkSegment(String segment) {
    if (segment.isEmpty()) {
      throw new IllegalArgumentException(
          "the name of an election has no empty segment: one slash between two names, none at the"
              + " end");
    }
    if (segment.equals(".") || segment.equals("..") || segment.equals(RESERVED_SEGMENT)) {
      throw new IllegalArgumentException(
          "'" + segment + "' cannot be a segment of an election's name");
    }
    if (segment.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("the name of an election has no control characters");
    }
  }

  @Override
  public String toString() {
    return path;
  }
}
