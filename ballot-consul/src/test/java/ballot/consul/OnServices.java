package ballot.consul;

import ballot.api.Candidacy;
import ballot.api.RejectedException;
import ballot.api.ServiceInstance;
import ballot.api.ServiceInstance.Sighting;
import ballot.api.ServiceRegistry;
import ballot.api.ServiceSpec.Role;
import ballot.api.StoreException;
import ballot.testkit.Contender;
import ballot.testkit.Signals;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import org.assertj.core.api.Assertions;

/** Services on real agents, and those who stand for them. */
abstract class OnServices extends OnAgent {

  private static final SplittableRandom NAMES = new SplittableRandom();

  /** A name that no other test uses. */
  static String freshService() {
    return "svc-" + HexFormat.of().toHexDigits(NAMES.nextInt());
  }

  /** An instance that somebody attends to, and the signals that come. */
  record Attended(ServiceInstance instance, Signals signals) implements AutoCloseable {

    Sighting look() throws StoreException {
      return instance.look(BUDGET);
    }

    void wears(Role role) throws StoreException {
      instance.wear(role, Optional.empty(), BUDGET);
    }

    void wears(Role role, String session) throws StoreException {
      instance.wear(role, Optional.of(session), BUDGET);
    }

    Candidacy stands(ballot.api.ElectionName election, String id) {
      return instance.stand(election, Contender.candidate(id), signals);
    }

    @Override
    public void close() {
      instance.close();
    }
  }

  /** Attends to the instance of a service. */
  final Attended attends(ConsulParticipant participant, ServiceSpecs specs)
      throws RejectedException {
    Signals signals = new Signals();
    ServiceInstance instance =
        ((ServiceRegistry) participant.store()).attend(specs.spec(), signals);
    return closing(new Attended(instance, signals));
  }

  /** The same in a process of its own. */
  final Attended attends(ConsulAgent agent, ServiceSpecs specs) throws Exception {
    return attends(joins(agent), specs);
  }

  /** Registers; the answer must be good. */
  static void register(ConsulAgent agent, String json) {
    Assertions.assertThat(agent.put("/v1/agent/service/register", json)).isEmpty();
  }

  /** An instance with a check that the test tells, passing to begin with. */
  static void registerWithCheck(ConsulAgent agent, String service, String id) {
    register(
        agent,
        """
        {"ID": "%s", "Name": "%s", "Port": 8000, "Address": "10.0.0.7", "Tags": ["a"],
         "Check": {"CheckID": "alive-%s", "Name": "alive", "TTL": "10m", "Status": "passing"}}
        """
            .formatted(id, service, id));
  }

  static void turns(ConsulAgent agent, String check, String state) {
    Assertions.assertThat(agent.put("/v1/agent/check/" + state + "/" + check, "")).isEmpty();
  }

  static List<String> tagsAtAgent(ConsulAgent agent, String id) {
    return tags(agent.get("/v1/agent/service/" + id).getAsJsonObject(), "Tags");
  }

  /** The tags in the catalog of an instance on a node. */
  static List<String> tagsInCatalog(ConsulAgent agent, String node, String id) {
    JsonObject services =
        agent.get("/v1/catalog/node/" + node).getAsJsonObject().getAsJsonObject("Services");
    return services.has(id) ? tags(services.getAsJsonObject(id), "Tags") : List.of();
  }

  /** An object in a text; empty where it is none. */
  static JsonObject object(String json) {
    return Json.object(json).orElseGet(JsonObject::new);
  }

  static List<String> tags(JsonObject service, String field) {
    JsonElement tags = service.get(field);
    return tags == null || tags.isJsonNull()
        ? List.of()
        : StreamSupport.stream(((JsonArray) tags).spliterator(), false)
            .map(JsonElement::getAsString)
            .toList();
  }
}
