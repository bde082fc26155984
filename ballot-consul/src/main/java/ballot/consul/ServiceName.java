package ballot.consul;

import ballot.api.ServiceSpec;
import ballot.api.StoreException;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of a service: as it was given, or else that of the one which the instance belongs to.
 * Once found it is kept for as long as there is such an instance. Used by one thread at a time.
 */
final class ServiceName {

  private final LocalAgent agent;
  private final String given;
  private final InstanceName id;
  private @Nullable String found;

  ServiceName(LocalAgent agent, ServiceSpec spec) {
    this.agent = agent;
    this.given = spec.service();
    this.id = new InstanceName(spec.id());
  }

  /** Whether an instance of that service can be the own one. */
  boolean admits(String service) {
    return given.isEmpty() || given.equals(service);
  }

  /**
   * Finds it on the agent, where it was not given and is not known.
   *
   * @return empty when there is no such instance
   * @throws UnfitException when instances of several services match
   */
  Optional<String> find(Patience patience) throws StoreException, UnfitException {
    if (!given.isEmpty()) {
      return Optional.of(given);
    }
    if (found == null) {
      found = lookUp(patience);
    }
    return Optional.ofNullable(found);
  }

  private @Nullable String lookUp(Patience patience) throws StoreException, UnfitException {
    List<JsonObject> matching =
        Json.children(agent.services(patience))
            .filter(instance -> id.matches(text(instance, "ID")))
            .toList();
    List<JsonObject> own = matching.stream().filter(each -> !isProxy(each)).toList();
    List<JsonObject> instances = own.isEmpty() ? matching : own;
    List<String> names =
        instances.stream().map(instance -> text(instance, "Service")).distinct().toList();
    if (names.size() > 1) {
      throw new UnfitException(
          id.severalMatch(instances.stream().map(instance -> text(instance, "ID")).toList()));
    }
    return names.isEmpty() ? null : names.getFirst();
  }

  /** The proxy of an instance is registered beside it, with an id that begins like its. */
  private static boolean isProxy(JsonObject instance) {
    return !text(instance, "Kind").isEmpty();
  }

  private static String text(JsonObject instance, String field) {
    return Json.text(instance, field).orElse("");
  }

  /**
   * There is no such instance of that service any more, perhaps one of another.
   *
   * @return whether to look anew
   */
  boolean forget() {
    boolean known = found != null;
    found = null;
    return known;
  }

  /** For messages: which service's, as far as that was said. */
  String ofService() {
    return given.isEmpty() ? "" : " of " + given;
  }
}
