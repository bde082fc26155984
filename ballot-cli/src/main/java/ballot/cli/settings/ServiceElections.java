package ballot.cli.settings;

import ballot.api.ElectionName;
import ballot.api.Nearest;
import ballot.api.Preference;
import ballot.api.ServiceRegistration;
import ballot.api.ServiceRegistration.Check;
import ballot.api.ServiceSpec;
import ballot.api.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts together the services that are enabled, and refuses what does not fit together. */
final class ServiceElections {

  /** Where trailmix/consul-leader writes the session. */
  private static final String META = "session";

  private ServiceElections() {}

  /** The services of these names, in that order. */
  static List<ServiceElection> of(List<String> enabled, Map<String, ServiceSection> sections) {
    List<ServiceElection> elections = new ArrayList<>();
    for (String name : enabled.stream().distinct().toList()) {
      ServiceSection section = sections.get(name.toLowerCase(Locale.ROOT));
      if (section == null) {
        throw new IllegalArgumentException(
            "there is no section election.services.%s%s"
                .formatted(name, Nearest.suggestion(name, names(sections))));
      }
      elections.add(election(section));
    }
    return elections;
  }

  private static Stream<String> names(Map<String, ServiceSection> sections) {
    return sections.values().stream().map(ServiceSection::name);
  }

  private static ServiceElection election(ServiceSection section) {
    Duration ttl = section.get(ServiceKeys.TTL);
    Duration lockDelay = section.get(ServiceKeys.LOCK_DELAY);
    String service = section.find(ServiceKeys.NAME).orElse(section.name());
    refuseTags(section);
    return new ServiceElection(
        section.name(),
        new ServiceSpec(
            service,
            section.find(ServiceKeys.ID).orElse(service),
            section.find(ServiceKeys.TOKEN),
            section.find(ServiceKeys.CHECKS).orElse(List.of()),
            section.get(ServiceKeys.PRIMARY_TAG),
            section.find(ServiceKeys.REPLICA_TAG),
            section.get(ServiceKeys.SESSION_META) ? Optional.of(META) : Optional.empty(),
            ttl,
            lockDelay,
            registration(section)),
        name(section),
        section.find(ServiceKeys.ON_PROMOTE),
        section.find(ServiceKeys.ON_DEMOTE),
        section.find(ServiceKeys.HOOK_TIMEOUT).orElse(ttl.plus(lockDelay).multipliedBy(2)),
        section.get(ServiceKeys.REQUIRE_PROMOTE),
        new Preference(section.get(ServiceKeys.PRIORITY), section.get(ServiceKeys.PREEMPT)));
  }

  private static void refuseTags(ServiceSection section) {
    String primary = section.get(ServiceKeys.PRIMARY_TAG);
    if (section.find(ServiceKeys.REPLICA_TAG).filter(primary::equals).isPresent()) {
      throw section.refusal(
          ServiceKeys.REPLICA_TAG, "is the same as primaryTag: nobody could tell who leads");
    }
  }

  private static ElectionName name(ServiceSection section) {
    String key =
        section
            .find(ServiceKeys.KEY)
            .orElseThrow(
                () ->
                    section.refusal(
                        ServiceKeys.KEY,
                        "key is missing: the key in the store that all hosts of this service name,"
                            + " such as 'election/%s/leader'".formatted(section.name())));
    try {
      return new ElectionName(key);
    } catch (IllegalArgumentException wrong) {
      throw section.refusal(ServiceKeys.KEY, String.valueOf(wrong.getMessage()));
    }
  }

  private static Optional<ServiceRegistration> registration(ServiceSection section) {
    boolean isWanted =
        List.of(
                ServiceKeys.ADDRESS,
                ServiceKeys.TAGS,
                ServiceKeys.CHECK_HTTP,
                ServiceKeys.CHECK_TCP,
                ServiceKeys.CHECK_TTL)
            .stream()
            .anyMatch(setting -> section.find(setting).isPresent());
    if (!isWanted && section.get(ServiceKeys.PORT) == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new ServiceRegistration(
            section.find(ServiceKeys.ADDRESS),
            Math.toIntExact(section.get(ServiceKeys.PORT)),
            section.find(ServiceKeys.TAGS).orElse(List.of()),
            check(section)));
  }

  private static Optional<Check> check(ServiceSection section) {
    Duration interval = section.get(ServiceKeys.CHECK_INTERVAL);
    Duration timeout = section.get(ServiceKeys.CHECK_TIMEOUT);
    List<Check> checks = new ArrayList<>();
    section
        .find(ServiceKeys.CHECK_HTTP)
        .ifPresent(url -> checks.add(new Check.Http(url, interval, timeout)));
    section
        .find(ServiceKeys.CHECK_TCP)
        .ifPresent(address -> checks.add(new Check.Tcp(address, interval, timeout)));
    section.find(ServiceKeys.CHECK_TTL).ifPresent(ttl -> checks.add(new Check.Ttl(ttl)));
    if (checks.size() > 1) {
      Setting<?> second =
          section.find(ServiceKeys.CHECK_TTL).isPresent()
              ? ServiceKeys.CHECK_TTL
              : ServiceKeys.CHECK_TCP;
      throw section.refusal(second, "a registration has one check: http, tcp or ttl");
    }
    return checks.stream().findFirst();
  }
}
