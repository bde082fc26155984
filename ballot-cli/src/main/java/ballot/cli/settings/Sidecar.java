package ballot.cli.settings;

import ballot.api.Durations;
import ballot.api.ElectionName;
import ballot.api.Preference;
import ballot.api.ServiceSpec;
import ballot.cli.process.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one service that the variables of the shell sidecar trailmix/consul-leader describe, with the
 * sidecar's names and defaults. {@code CONSUL_LEADER_SLEEP} is accepted: there is nothing to poll.
 */
final class Sidecar {

  private static final String PREFIX = "CONSUL_LEADER_";
  private static final String ALLOCATION = "NOMAD_ALLOC_ID";
  private static final String NAME = "consul-leader";
  private static final String META = "session";

  private final Map<String, String> environment;

  Sidecar(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Whether one of its variables is set. */
  boolean isMeant() {
    return environment.keySet().stream()
        .anyMatch(name -> name.startsWith(PREFIX) || name.equals(ALLOCATION));
  }

  /**
   * The service.
   *
   * @throws Refusal when a variable is missing or cannot be read
   */
  ServiceElection election() {
    String allocation =
        find(ALLOCATION)
            .orElseThrow(
                () ->
                    Refusal.configuration(
                        ALLOCATION
                            + " is not set: the sidecar finds its own instance by an id that begins"
                            + " with _nomad-task-$NOMAD_ALLOC_ID-; without Nomad, name the service"
                            + " in a file under election.enabled"));
    Duration ttl = duration(PREFIX + "TTL", "15s");
    Duration lockDelay = duration(PREFIX + "LOCKDELAY", "0s");
    String name = find(PREFIX + "SERVICE_NAME").orElse(NAME);
    return new ServiceElection(
        name,
        new ServiceSpec(
            "", // known to whoever registered the instance
            "_nomad-task-" + allocation + "-*",
            Optional.empty(),
            List.of(),
            find(PREFIX + "PRIMARY_LABEL").orElse("primary"),
            find(PREFIX + "REPLICA_LABEL"),
            Optional.of(META),
            ttl,
            lockDelay,
            Optional.empty()),
        key(),
        Optional.empty(),
        Optional.empty(),
        ttl.plus(lockDelay).multipliedBy(2),
        false,
        Preference.NONE);
  }

  private Optional<String> find(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
  }

  private ElectionName key() {
    String variable = PREFIX + "KEY";
    String key =
        find(variable)
            .orElse(
                find(PREFIX + "SERVICE_NAME")
                    .map(name -> NAME + "/" + name + "/lock")
                    .orElse(NAME + "/lock"));
    try {
      return new ElectionName(key.startsWith("/") ? key.substring(1) : key);
    } catch (IllegalArgumentException wrong) {
      String from = find(variable).isPresent() ? variable : PREFIX + "SERVICE_NAME";
      throw refusal(from, String.valueOf(wrong.getMessage()));
    }
  }

  private Duration duration(String variable, String otherwise) {
    try {
      return Durations.parse(find(variable).orElse(otherwise));
    } catch (IllegalArgumentException wrong) {
      throw refusal(variable, String.valueOf(wrong.getMessage()));
    }
  }

  private static Refusal refusal(String variable, String what) {
    return Refusal.configuration(variable + " in the environment: " + what);
  }
}
