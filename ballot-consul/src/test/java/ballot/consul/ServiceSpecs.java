package ballot.consul;

import ballot.api.ServiceRegistration;
import ballot.api.ServiceSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Descriptions of services as an operator would give them, changed one thing at a time. */
record ServiceSpecs(ServiceSpec spec) {

  /** With ncode/ballot's defaults, but without a lock-delay. */
  static ServiceSpecs of(String service, String id) {
    return new ServiceSpecs(
        new ServiceSpec(
            service,
            id,
            Optional.empty(),
            List.of(),
            "primary",
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(10),
            Duration.ZERO,
            Optional.empty()));
  }

  ServiceSpecs withToken(String token) {
    return with(Optional.of(token), spec.checks(), spec.replicaTag(), spec.sessionMeta());
  }

  ServiceSpecs withChecks(String... checks) {
    return with(spec.token(), List.of(checks), spec.replicaTag(), spec.sessionMeta());
  }

  ServiceSpecs withReplicaTag(String tag) {
    return with(spec.token(), spec.checks(), Optional.of(tag), spec.sessionMeta());
  }

  ServiceSpecs withSessionMeta(String name) {
    return with(spec.token(), spec.checks(), spec.replicaTag(), Optional.of(name));
  }

  private ServiceSpecs with(
      Optional<String> token,
      List<String> checks,
      Optional<String> replicaTag,
      Optional<String> sessionMeta) {
    return new ServiceSpecs(
        new ServiceSpec(
            spec.service(),
            spec.id(),
            token,
            checks,
            spec.primaryTag(),
            replicaTag,
            sessionMeta,
            spec.ttl(),
            spec.lockDelay(),
            spec.registration()));
  }

  ServiceSpecs withTimes(Duration ttl, Duration lockDelay) {
    return with(ttl, lockDelay, spec.registration());
  }

  ServiceSpecs registering(ServiceRegistration registration) {
    return with(spec.ttl(), spec.lockDelay(), Optional.of(registration));
  }

  private ServiceSpecs with(
      Duration ttl, Duration lockDelay, Optional<ServiceRegistration> registration) {
    return new ServiceSpecs(
        new ServiceSpec(
            spec.service(),
            spec.id(),
            spec.token(),
            spec.checks(),
            spec.primaryTag(),
            spec.replicaTag(),
            spec.sessionMeta(),
            ttl,
            lockDelay,
            registration));
  }
}
