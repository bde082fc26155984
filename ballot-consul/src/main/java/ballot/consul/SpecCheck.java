package ballot.consul;

import ballot.api.Durations;
import ballot.api.RejectedException;
import ballot.api.ServiceSpec;
import java.time.Duration;
import java.util.Optional;

/** Finds what cannot work in what an operator asks for, before anything is asked of Consul. */
final class SpecCheck {

  private static final Duration LONGEST_TTL = Duration.ofHours(24);
  private static final Duration LONGEST_LOCK_DELAY = Duration.ofSeconds(60);

  private SpecCheck() {}

  static void refuseUnworkable(ServiceSpec spec) throws RejectedException {
    Optional<String> complaint = complaint(spec);
    if (complaint.isPresent()) {
      throw new RejectedException(spec + ": " + complaint.get());
    }
  }

  private static Optional<String> complaint(ServiceSpec spec) {
    boolean blankName = spec.service().isBlank() && !spec.service().isEmpty();
    if (blankName || spec.id().isBlank()) {
      return Optional.of("name and id must not be blank");
    }
    if (spec.primaryTag().isBlank()) {
      return Optional.of("primaryTag must not be blank");
    }
    if (spec.replicaTag().filter(spec.primaryTag()::equals).isPresent()) {
      return Optional.of("primaryTag and replicaTag are both '" + spec.primaryTag() + "'");
    }
    if (spec.lockDelay().isNegative() || spec.lockDelay().compareTo(LONGEST_LOCK_DELAY) > 0) {
      return Optional.of(
          "lockDelay is " + Durations.format(spec.lockDelay()) + "; Consul allows 0s to 60s");
    }
    // The shortest is a matter of the servers' configuration, the longest is not.
    if (!spec.ttl().isPositive() || spec.ttl().compareTo(LONGEST_TTL) > 0) {
      return Optional.of("ttl is " + Durations.format(spec.ttl()) + "; Consul allows 10s to 24h");
    }
    if (spec.registration().isPresent() && spec.service().isEmpty()) {
      return Optional.of("what is to be registered needs the name of its service");
    }
    if (spec.registration().isPresent() && new InstanceName(spec.id()).isPattern()) {
      return Optional.of("what is to be registered needs an id without * and ?");
    }
    return Optional.empty();
  }
}
