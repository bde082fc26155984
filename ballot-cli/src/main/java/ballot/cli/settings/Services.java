package ballot.cli.settings;

import ballot.cli.process.Refusal;
import ballot.cli.settings.file.SettingsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The services of a file: {@code election.enabled} and what is said about them.
 *
 * @param file where it is said; null without a file
 */
record Services(@Nullable Path file, List<String> enabled, Map<String, ServiceSection> sections) {

  static final Services NONE = new Services(null, List.of(), Map.of());

  /**
   * Those that are enabled.
   *
   * @throws Refusal when something about them does not fit together
   */
  List<ServiceElection> elections() {
    try {
      return ServiceElections.of(enabled, sections);
    } catch (IllegalArgumentException wrong) {
      throw file == null
          ? Refusal.configuration(String.valueOf(wrong.getMessage()))
          : SettingsFile.refusal(file, 0, "election.enabled: " + wrong.getMessage());
    }
  }
}
