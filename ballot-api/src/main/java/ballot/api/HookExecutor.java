package ballot.api;

/**
 * A kind of hook: what a plugin provides for something else to happen when leadership changes.
 *
 * <p>Found through {@link java.util.ServiceLoader}, as an {@link ElectionBackend} is. Making one is
 * cheap and does not fail.
 */
public interface HookExecutor {

  /** Its name, for lists of plugins: lower-case letters, digits, hyphens. */
  String name();

  /** One line for people: what it runs, and how that is written. */
  String summary();

  /**
   * Whether a text is for this one, by how it begins, such as {@code http://}. Texts that nobody
   * claims are for the one whose name is {@code command}.
   */
  boolean claims(String text);

  /**
   * Reads a hook, without running anything.
   *
   * @param text as the operator wrote it
   * @throws IllegalArgumentException when it cannot work, with what is wrong and what is allowed
   */
  Hook prepare(String text);
}
