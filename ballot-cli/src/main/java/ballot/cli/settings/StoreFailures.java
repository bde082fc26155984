package ballot.cli.settings;

import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.cli.process.Refusal;

/** Adds to a store's refusal where the setting that it names was set. */
public final class StoreFailures {

  private StoreFailures() {}

  /** Something that asks a store. */
  @FunctionalInterface
  public interface Asking<T> {

    /** Asks. */
    T ask() throws StoreException;
  }

  /**
   * Asks, and turns a refusal that names a setting into one that says where it was set.
   *
   * @throws Refusal for a refusal
   */
  public static <T> T named(EffectiveSettings settings, Asking<T> asking) throws StoreException {
    try {
      return asking.ask();
    } catch (RejectedException refused) {
      throw refusal(settings, refused);
    }
  }

  /** What to tell of a store's refusal. */
  public static Refusal refusal(EffectiveSettings settings, RejectedException refused) {
    String message = String.valueOf(refused.getMessage());
    return refused
        .setting()
        .map(setting -> settings.refusal(setting, message))
        .orElseGet(() -> Refusal.configuration(message));
  }
}
