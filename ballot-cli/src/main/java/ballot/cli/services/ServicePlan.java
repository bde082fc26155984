package ballot.cli.services;

import ballot.cli.settings.ServiceElection;

/**
 * What is to become of one service.
 *
 * @param what the service, and how it stands
 * @param hooks what happens outside when its leadership changes
 */
public record ServicePlan(ServiceElection what, ServiceHooks hooks) {

  /** Of one service among those of this process. */
  String name() {
    return what.name();
  }

  /** Whether nothing about it was changed. */
  boolean isSameAs(ServicePlan other) {
    return what.equals(other.what);
  }
}
