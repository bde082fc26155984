package ballot.cli.commands;

import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.cli.settings.EffectiveSettings;

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
   * @throws ballot.cli.process.Refusal for such a refusal
   */
  public static <T> T named(EffectiveSettings settings, Asking<T> asking) throws StoreException {
    try {
      return asking.ask();
    } catch (RejectedException refused) {
      String message = String.valueOf(refused.getMessage());
      if (refused.setting().isPresent()) {
        throw settings.refusal(refused.setting().get(), message);
      }
      throw refused;
    }
  }
}
