package ballot.api;

import java.util.Map;

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
   * Reads a hook, without running anything and without asking anybody. Called once for each hook,
   * at the start and when settings are read anew; what can be found out before leadership depends
   * on it is found out here.
   *
   * @param text as the operator wrote it
   * @param environment the variables that hooks start from: ours, without what they must not see.
   *     {@link HookCall#environment()} is put on top of them
   * @throws IllegalArgumentException when it cannot work, with what is wrong and what is allowed;
   *     never secret, so a text that may hold a secret is not repeated
   */
  Hook prepare(String text, Map<String, String> environment);
}
