package ballot.api;

import java.util.List;

/**
 * A kind of store that elections can be held in: what a plugin provides.
 *
 * <p>Found through {@link java.util.ServiceLoader}: one public class with a public constructor
 * without parameters, and one line under {@code META-INF/services/ballot.api.ElectionBackend}.
 * Making one must be cheap and must not fail: every start of the program makes them all, to learn
 * their names and settings.
 */
public interface ElectionBackend {

  /** The value of {@code --backend} that chooses this one: lower-case letters, digits, hyphens. */
  String name();

  /** One line for people: what the store is and what it needs. */
  String summary();

  /**
   * The settings of this backend, beside the general ones. They appear as options, in the
   * environment, in files and in the help text without further change. Always the same list.
   */
  List<Setting<?>> settings();

  /**
   * Gets ready to ask, without asking: no network traffic has to succeed for this to return.
   *
   * <p>Called once a process and set of values, on the main thread.
   *
   * @throws RejectedException when the values cannot work, naming the setting
   */
  ElectionStore open(SettingValues values) throws RejectedException;
}
