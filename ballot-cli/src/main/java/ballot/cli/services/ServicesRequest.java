package ballot.cli.services;

import ballot.api.Candidate;
import ballot.api.ElectionBackend;
import ballot.cli.logging.Log;
import ballot.cli.settings.EffectiveSettings;
import java.util.List;
import java.util.function.Supplier;

/**
 * All that {@code ballot run} was asked for, read and checked.
 *
 * @param backend holds the elections
 * @param settings to open it with
 * @param candidate who stands, for every service
 * @param services what it stands for, at least one
 * @param anew reads the settings once more, for a reload; what it throws is told, and nothing
 *     changes
 * @param log where the story and the hooks' output go
 */
public record ServicesRequest(
    ElectionBackend backend,
    EffectiveSettings settings,
    Candidate candidate,
    List<ServicePlan> services,
    Supplier<List<ServicePlan>> anew,
    Log log) {

  /** Copies the services. */
  public ServicesRequest {
    services = List.copyOf(services);
  }
}
