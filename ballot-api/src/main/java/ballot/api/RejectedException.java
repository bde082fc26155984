package ballot.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store understood and refused: asking the same again will not help until a person changes
 * something (a setting, a right, an entry of another tool).
 */
public final class RejectedException extends StoreException {

  private static final long serialVersionUID = 1L;

  private final @Nullable String setting;

  /** A refusal that no single setting explains. */
  public RejectedException(String message) {
    super(message, null);
    this.setting = null;
  }

  private RejectedException(String message, @Nullable String setting) {
    super(message, null);
    this.setting = setting;
  }

  /**
   * A refusal because of one setting.
   *
   * @param setting what has to be changed
   * @param message what is wrong with its value and what is allowed, without the setting's name
   */
  public static RejectedException because(Setting<?> setting, String message) {
    return new RejectedException(message, setting.name());
  }

  /** The name of the setting to change, where there is one. */
  public Optional<String> setting() {
    return Optional.ofNullable(setting);
  }
}
