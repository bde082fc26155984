package ballot.cli.settings;

import ballot.api.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What {@code fence} takes, beside {@link RunOnceSettings#WAIT}. Options only: a token belongs to
 * one call.
 */
public final class FenceSettings {

  /** Where {@code run once} and {@code run cron} leave the token of the term they lead. */
  public static final String TOKEN_VARIABLE = "BALLOT_RUN_FENCING_TOKEN";

  /** Under which term. */
  public static final Setting<Long> TOKEN =
      Setting.number(
          "token",
          0,
          Long.MAX_VALUE,
          "The fencing token of this call; " + TOKEN_VARIABLE + " when not given.");

  /** What remembers. */
  public static final Setting<Path> FILE =
      Setting.path(
          "file",
          "The file that remembers the highest token; made when it is missing. One for all that"
              + " must not overlap.");

  private FenceSettings() {}

  static List<KnownSetting> all() {
    Scope fence = new Scope.Commands(Set.of("fence"), true);
    return List.of(KnownSetting.of(FILE, fence), KnownSetting.of(TOKEN, fence));
  }
}
