package ballot.consul;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A tool that came before ours, done here by plain calls as it is done there: it polls, and notices
 * nothing in between. What is its own is in the two that it is extended by.
 */
abstract class ForeignTool implements AutoCloseable {

  private static final long POLL_MILLIS = 300;

  final ConsulAgent agent;
  final String service;
  final String id;
  final String key;
  private final Referee referee;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread thread = new Thread(this::poll, "foreign-tool");
  private @Nullable String session;

  ForeignTool(ConsulAgent agent, String service, String id, String key, Referee referee) {
    this.agent = agent;
    this.service = service;
    this.id = id;
    this.key = key;
    this.referee = referee;
  }

  void start() {
    thread.start();
  }

  private void poll() {
    try {
      do {
        try {
          look();
        } catch (UncheckedIOException | IllegalStateException unreachable) {
          // the next time
        }
      } while (!end.await(POLL_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    }
  }

  /** What it does at every poll. */
  abstract void look();

  final String name() {
    return id;
  }

  final void leads(boolean leads) {
    if (leads) {
      referee.begins(name());
    } else {
      referee.ends(name());
    }
  }

  /** Its session, made anew when it is gone. */
  final String session(String terms) {
    String known = session;
    if (known == null || !renewed(known)) {
      known =
          JsonParser.parseString(agent.put("/v1/session/create", terms))
              .getAsJsonObject()
              .get("ID")
              .getAsString();
      session = known;
    }
    return known;
  }

  private boolean renewed(String known) {
    return agent.put("/v1/session/renew/" + known, "").startsWith("[");
  }

  final void destroySession() {
    String known = session;
    if (known != null) {
      agent.put("/v1/session/destroy/" + known, "");
      session = null;
    }
  }

  final boolean isHealthy() {
    JsonElement health = agent.get("/v1/agent/health/service/id/" + id);
    return health.isJsonObject()
        && !health.getAsJsonObject().get("AggregatedStatus").getAsString().equals("critical");
  }

  final Optional<JsonObject> entry() {
    JsonElement rows = agent.get("/v1/kv/" + key);
    return rows.isJsonArray()
        ? Optional.of(rows.getAsJsonArray().get(0).getAsJsonObject())
        : Optional.empty();
  }

  static String value(JsonObject entry) {
    JsonElement value = entry.get("Value");
    return value == null || value.isJsonNull()
        ? ""
        : new String(Base64.getDecoder().decode(value.getAsString()), StandardCharsets.UTF_8);
  }

  final boolean acquires(String value, String known) {
    return agent.put("/v1/kv/" + key + "?acquire=" + known, value).strip().equals("true");
  }

  /** Through its agent. */
  final void wears(String... tags) {
    JsonObject own = agent.get("/v1/agent/service/" + id).getAsJsonObject();
    if (OnServices.tags(own, "Tags").equals(List.of(tags))) {
      return;
    }
    JsonArray list = new JsonArray();
    List.of(tags).forEach(list::add);
    OnServices.register(
        agent,
        """
        {"ID": "%s", "Name": "%s", "Port": %s, "Address": "%s", "Tags": %s}
        """
            .formatted(id, service, own.get("Port"), own.get("Address").getAsString(), list));
  }

  @Override
  public void close() throws InterruptedException {
    end.countDown();
    thread.join();
    leads(false);
  }

  /** As ncode/ballot: leadership is what stands in the value, and others' tags are its business. */
  static final class NcodeBallot extends ForeignTool {

    NcodeBallot(ConsulAgent agent, String service, String id, String key, Referee referee) {
      super(agent, service, id, key, referee);
    }

    @Override
    void look() {
      if (!isHealthy()) {
        leads(false);
        wears("a");
        destroySession();
        return;
      }
      String session =
          session(
              """
              {"Name": "%s", "Behavior": "delete", "TTL": "10s", "LockDelay": "0s",
               "Checks": ["serfHealth"]}
              """
                  .formatted(service));
      if (!isOwn(session)) {
        acquires(
            "{\"Address\": \"10.0.0.7\", \"Port\": 8000, \"SessionID\": \"%s\"}".formatted(session),
            session);
      }
      boolean own = isOwn(session);
      leads(own);
      if (own) {
        wears("a", "primary");
        stripOthers();
      } else {
        wears("a");
      }
    }

    private boolean isOwn(String session) {
      return entry()
          .map(ForeignTool::value)
          .map(OnServices::object)
          .filter(value -> value.has("SessionID"))
          .filter(value -> value.get("SessionID").getAsString().equals(session))
          .isPresent();
    }

    private void stripOthers() {
      for (JsonElement each : agent.get("/v1/catalog/service/" + service).getAsJsonArray()) {
        JsonObject row = each.getAsJsonObject();
        if (row.get("ServiceID").getAsString().equals(id)) {
          continue;
        }
        JsonArray tags = new JsonArray();
        OnServices.tags(row, "ServiceTags").stream()
            .filter(tag -> !tag.equals("primary"))
            .forEach(tags::add);
        agent.put(
            "/v1/catalog/register",
            """
            {"Node": "%s", "Address": "127.0.0.1", "SkipNodeUpdate": true,
             "Service": {"ID": "%s", "Service": "%s", "Port": %s, "Address": "%s", "Tags": %s}}
            """
                .formatted(
                    row.get("Node").getAsString(),
                    row.get("ServiceID").getAsString(),
                    service,
                    row.get("ServicePort"),
                    row.get("ServiceAddress").getAsString(),
                    tags));
      }
    }
  }

  /** As trailmix/consul-leader: leadership is the key's session, and the value is empty. */
  static final class ConsulLeader extends ForeignTool {

    ConsulLeader(ConsulAgent agent, String service, String id, String key, Referee referee) {
      super(agent, service, id, key, referee);
    }

    /** It knows no health: an instance that is critical is one whose container has ended. */
    @Override
    void look() {
      if (!isHealthy()) {
        leads(false);
        wears("a");
        destroySession();
        return;
      }
      String session =
          session(
              """
              {"Name": "%s", "Behavior": "release", "TTL": "15s", "LockDelay": "0s"}
              """
                  .formatted(service));
      Optional<JsonObject> entry = entry();
      if (entry.isEmpty()) {
        agent.put("/v1/kv/" + key, "");
      }
      Optional<String> holder =
          entry.filter(key -> key.has("Session")).map(key -> key.get("Session").getAsString());
      boolean own = holder.isPresent() ? holder.get().equals(session) : acquires("", session);
      leads(own);
      if (own) {
        wears("a", "primary");
      } else {
        wears("a");
      }
    }
  }
}
