package ballot.consul;

import ballot.api.Durations;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.UnavailableException;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sessions of Consul, and the check on the agent that one may hang on. */
final class Sessions {

  /** The name of the service that the checks belong to. */
  static final String SERVICE = "ballot";

  /** The shortest time that Consul allows after which it forgets what a dead process registered. */
  private static final String FORGET_AFTER = "1m";

  private final ConsulHttp http;
  private final Access access;

  Sessions(ConsulHttp http) {
    this.http = http;
    this.access = http.access();
  }

  /** What is known of a session. */
  record Info(String id, String name, String node, Optional<Duration> ttl, Duration lockDelay) {}

  /**
   * Registers a service of our own with a check that has to be refreshed.
   *
   * <p>Not a check of the node: when such a one fails, Consul takes every service of the node for
   * unhealthy, and nothing ever removes it.
   */
  Answer register(String check, Duration ttl, Patience patience) throws UnavailableException {
    JsonObject alive = new JsonObject();
    alive.addProperty("CheckID", check);
    alive.addProperty("Name", "a ballot process is alive");
    alive.addProperty("TTL", Durations.format(ttl));
    alive.addProperty("Status", "passing");
    alive.addProperty("DeregisterCriticalServiceAfter", FORGET_AFTER);
    JsonObject service = new JsonObject();
    service.addProperty("ID", check);
    service.addProperty("Name", SERVICE);
    service.add("Check", alive);
    return http.ask(
        Call.put("/v1/agent/service/register", service.toString(), "register check " + check),
        patience);
  }

  /** Refreshes a check: a word with the agent that reaches no server. */
  Answer pass(String check, Patience patience) throws UnavailableException {
    String path = "/v1/agent/check/pass/" + Call.escape(check);
    return life(Call.put(path, null, "refresh check " + check), patience);
  }

  /** Whether an answer to {@link #pass} says that there is no such check. */
  static boolean isUnknownCheck(Answer passed) {
    return !passed.isOk()
        && (passed.says("does not have associated TTL") || passed.says("Unknown check"));
  }

  void deregister(String check, Patience patience) throws UnavailableException {
    String path = "/v1/agent/service/deregister/" + Call.escape(check);
    var unused = http.ask(Call.put(path, null, "take back check " + check), patience);
  }

  /**
   * Creates a session.
   *
   * @param check one of ours on the agent, that it hangs on too
   */
  Answer create(
      String name, SessionTerms terms, Ties ties, @Nullable String check, Patience patience)
      throws UnavailableException {
    JsonObject session = new JsonObject();
    session.addProperty("Name", name);
    session.addProperty("Behavior", "delete");
    session.addProperty("TTL", Durations.format(terms.ttl()));
    session.addProperty("LockDelay", Durations.format(terms.lockDelay()));
    JsonArray nodeChecks = new JsonArray();
    ties.nodeChecks().forEach(nodeChecks::add);
    session.add("NodeChecks", nodeChecks);
    JsonArray serviceChecks = new JsonArray();
    ties.serviceChecks().forEach(id -> serviceChecks.add(reference(id)));
    if (check != null) {
      serviceChecks.add(reference(check));
    }
    if (!serviceChecks.isEmpty()) {
      session.add("ServiceChecks", serviceChecks);
    }
    return http.ask(
        Call.put("/v1/session/create", session.toString(), "create a session"), patience);
  }

  private JsonObject reference(String check) {
    JsonObject reference = new JsonObject();
    reference.addProperty("ID", check);
    if (access.namespace() != null) {
      reference.addProperty("Namespace", access.namespace());
    }
    return reference;
  }

  /** The id in the answer to {@link #create}. */
  String id(Answer created, SessionTerms terms) throws StoreException {
    if (created.says("Invalid Session TTL")) {
      throw terms.refused(created.attempt() + ": " + created.quote());
    }
    if (created.says("Missing node registration") && access.namesDatacenter()) {
      throw RejectedException.because(
          ConsulSettings.DATACENTER,
          created.attempt()
              + ": the agent's node is not in that datacenter; use an agent of the datacenter");
    }
    return Json.text(Json.object(created), "ID").orElseThrow(() -> Json.garbled(created, null));
  }

  /** Renews a session; false when it does not exist any more. */
  boolean renew(String session, Patience patience) throws StoreException {
    String path = "/v1/session/renew/" + Call.escape(session);
    Answer answer = life(Call.put(path, null, "renew session " + session), patience);
    if (answer.isMissing() && answer.says("Session id")) {
      return false;
    }
    var unused = Json.array(answer);
    return true;
  }

  void destroy(String session, Patience patience) throws StoreException {
    String path = "/v1/session/destroy/" + Call.escape(session);
    var unused = http.ask(Call.put(path, null, "destroy session " + session), patience).orThrow();
  }

  /** Looks a session up. */
  Optional<Info> info(String session, Patience patience) throws StoreException {
    String path = "/v1/session/info/" + Call.escape(session);
    Call call = Call.get(path, "look up session " + session).with("consistent");
    JsonArray list = Json.array(http.ask(call, patience));
    return list.isEmpty() || !list.get(0).isJsonObject()
        ? Optional.empty()
        : Optional.of(info(list.get(0).getAsJsonObject()));
  }

  private static Info info(JsonObject session) {
    return new Info(
        Json.text(session, "ID").orElse(""),
        Json.text(session, "Name").orElse(""),
        Json.text(session, "Node").orElse(""),
        Json.text(session, "TTL").flatMap(Sessions::duration),
        lockDelay(session.get("LockDelay")));
  }

  private static Optional<Duration> duration(String text) {
    try {
      return Optional.of(Durations.parse(text));
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** Some versions write nanoseconds, some a text. */
  private static Duration lockDelay(@Nullable JsonElement value) {
    if (value == null || !value.isJsonPrimitive()) {
      return Duration.ZERO;
    }
    return value.getAsJsonPrimitive().isNumber()
        ? Duration.ofNanos(value.getAsBigDecimal().longValue())
        : duration(value.getAsString()).orElse(Duration.ZERO);
  }

  /** In a lane of its own: it must not wait for questions. */
  private Answer life(Call call, Patience patience) throws UnavailableException {
    return http.ask(call, Connections.Lane.LIFE, patience);
  }
}
