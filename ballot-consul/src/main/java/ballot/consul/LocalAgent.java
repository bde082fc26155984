package ballot.consul;

import ballot.api.RejectedException;
import ballot.api.StoreException;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the agent of this node knows by itself, and answers while no server can be reached. Safe for
 * use by many threads.
 */
final class LocalAgent {

  private static final String SERVICE = "/v1/agent/service/";
  private static final String HEALTH = "/v1/agent/health/service/";

  /** How an agent says that there is no such field in a registration. */
  private static final Pattern UNKNOWN_FIELD = Pattern.compile("unknown field \"([^\"]+)\"");

  /** Statuses under which the agent tells health: passing, warning, critical. */
  private static final List<Integer> HEALTHS = List.of(200, 429, 503);

  private final ConsulHttp http;
  private volatile @Nullable Node node;

  LocalAgent(ConsulHttp http) {
    this.http = http;
  }

  /**
   * The agent's node.
   *
   * @param name empty when the token does not let us know
   * @param address empty when the token does not let us know
   */
  record Node(String name, String address) {}

  /** An instance and its checks, and those of the node. */
  Optional<JsonObject> health(String id, Patience patience) throws StoreException {
    String what = "look at instance " + id;
    Answer answer = http.ask(Call.get(HEALTH + "id/" + Call.escape(id), what), patience);
    if (answer.isMissing()) {
      return Optional.empty();
    }
    return Optional.of(told(answer, id)).filter(health -> health.get("Service").isJsonObject());
  }

  /** The same of every instance of a service on this node. */
  List<JsonObject> healthOfAll(String service, Patience patience) throws StoreException {
    String what = "look at the instances of " + service;
    Answer answer = http.ask(Call.get(HEALTH + "name/" + Call.escape(service), what), patience);
    List<JsonObject> all = new ArrayList<>();
    if (!answer.isMissing()) {
      told(answer, service, JsonArray.class).forEach(element -> all.add(element.getAsJsonObject()));
    }
    return all;
  }

  private static JsonObject told(Answer answer, String what) throws StoreException {
    return told(answer, what, JsonObject.class);
  }

  private static <T extends JsonElement> T told(Answer answer, String what, Class<T> kind)
      throws StoreException {
    if (HEALTHS.contains(answer.status())) {
      try {
        return kind.cast(JsonParser.parseString(answer.body()));
      } catch (JsonParseException | ClassCastException | StackOverflowError somethingElse) {
        if (answer.isOk()) {
          throw Json.garbled(answer, somethingElse);
        }
      }
    }
    throw refusal(answer, "service:read on " + what);
  }

  private static StoreException refusal(Answer answer, String right) {
    return answer.isDenied()
        ? new RejectedException(
            answer.attempt() + ": " + answer.quote() + "; the token needs " + right)
        : answer.failure();
  }

  /** The registration of an instance, as it can be read back. */
  Optional<JsonObject> registration(String id, Patience patience) throws StoreException {
    Answer answer =
        http.ask(Call.get(SERVICE + Call.escape(id), "read the registration of " + id), patience);
    if (answer.isMissing()) {
      return Optional.empty();
    }
    if (!answer.isOk()) {
      throw refusal(answer, "service:read on " + id);
    }
    return Optional.of(Json.object(answer));
  }

  /** Registers an instance with these checks and no others. */
  void registerAnew(JsonObject registration, String id, Patience patience) throws StoreException {
    Call call = Call.put(SERVICE + "register", registration.toString(), "register instance " + id);
    Answer answer = http.ask(call.with("replace-existing-checks", "true"), patience);
    if (!answer.isOk()) {
      throw refusal(answer, "service:write on it");
    }
  }

  /**
   * Registers an instance that has been, with the checks that it has. A field that the agent does
   * not know in a registration is one that can be read only, and is left out.
   */
  void register(JsonObject registration, String id, Patience patience) throws StoreException {
    JsonObject body = registration;
    while (true) {
      Answer answer =
          http.ask(
              Call.put(SERVICE + "register", body.toString(), "register instance " + id), patience);
      if (answer.isOk()) {
        return;
      }
      Matcher unknown = UNKNOWN_FIELD.matcher(answer.body());
      if (answer.status() != 400 || !unknown.find() || !body.has(unknown.group(1))) {
        throw refusal(answer, "service:write on it");
      }
      body = body.deepCopy();
      body.remove(unknown.group(1));
    }
  }

  void deregister(String id, Patience patience) throws StoreException {
    Answer answer =
        http.ask(
            Call.put(SERVICE + "deregister/" + Call.escape(id), null, "deregister " + id),
            patience);
    if (!answer.isOk() && !answer.isMissing() && !answer.says("Unknown service")) {
      throw refusal(answer, "service:write on it");
    }
  }

  /** All services that the token may see, by id; for whoever asks again and again. */
  JsonObject services(Patience patience) throws StoreException {
    return Json.object(watch(Call.get("/v1/agent/services", "look at all services"), patience));
  }

  /** All critical checks that the token may see, by id; for whoever asks again and again. */
  JsonObject criticalChecks(Patience patience) throws StoreException {
    Call call = Call.get("/v1/agent/checks", "look at critical checks");
    return Json.object(watch(call.with("filter", "Status==critical"), patience));
  }

  private Answer watch(Call call, Patience patience) throws StoreException {
    return http.ask(call, Connections.Lane.WATCHES, patience);
  }

  /** The node; asked for once it is known. */
  Node node(Patience patience) throws StoreException {
    Node known = node;
    if (known == null) {
      known = findNode(patience);
      if (!known.name().isEmpty()) {
        node = known;
      }
    }
    return known;
  }

  private Node findNode(Patience patience) throws StoreException {
    Answer self = http.ask(Call.get("/v1/agent/self", "ask for the node's name"), patience);
    if (!self.isDenied()) {
      JsonObject about = Json.object(self);
      return new Node(
          Json.child(about, "Config").flatMap(config -> Json.text(config, "NodeName")).orElse(""),
          Json.child(about, "Member").flatMap(member -> Json.text(member, "Addr")).orElse(""));
    }
    // Every check says which node it is on.
    JsonObject checks =
        Json.object(http.ask(Call.get("/v1/agent/checks", "ask for the node's name"), patience));
    String name =
        Json.children(checks)
            .flatMap(check -> Json.text(check, "Node").stream())
            .findAny()
            .orElse("");
    return new Node(name, name.isEmpty() ? "" : address(name, patience));
  }

  private String address(String name, Patience patience) throws StoreException {
    Call call = Call.get("/v1/catalog/node/" + Call.escape(name), "ask for the node's address");
    Answer answer = http.ask(call, patience);
    return Json.object(answer.isOk() ? answer.body() : "")
        .flatMap(told -> Json.child(told, "Node"))
        .flatMap(told -> Json.text(told, "Address"))
        .orElse("");
  }
}
