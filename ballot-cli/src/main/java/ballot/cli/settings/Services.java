package ballot.cli.settings;

import ballot.cli.process.Refusal;
import ballot.cli.settings.file.SettingsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
   * Those that are enabled, and where that are none the one of a sidecar.
   *
   * @throws Refusal when there is none, or something about them does not fit together
   */
  List<ServiceElection> elections(Map<String, String> environment) {
    Sidecar sidecar = new Sidecar(environment);
    if (enabled.isEmpty() && sidecar.isMeant()) {
      return List.of(sidecar.election());
    }
    if (enabled.isEmpty()) {
      throw refusal(
          "no service is enabled: name them in a file under election.enabled, and say what they are"
              + " under election.services, or set NOMAD_ALLOC_ID and CONSUL_LEADER_* as for"
              + " trailmix/consul-leader");
    }
    try {
      return ServiceElections.of(enabled, sections);
    } catch (IllegalArgumentException wrong) {
      throw refusal("election.enabled: " + wrong.getMessage());
    }
  }

  private Refusal refusal(String what) {
    return file == null ? Refusal.configuration(what) : SettingsFile.refusal(file, 0, what);
  }

  /** A refusal because of what is said about a service at a key. */
  Refusal refusal(String service, String key, String what) {
    ServiceSection section = sections.get(service.toLowerCase(Locale.ROOT));
    return section == null
        ? refusal(service + ": " + key + ": " + what)
        : section.refusal(
            ServiceKeys.find(key).orElseThrow(() -> new IllegalArgumentException(key)), what);
  }
}
