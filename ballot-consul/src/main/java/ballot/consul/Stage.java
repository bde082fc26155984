package ballot.consul;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keys in this process's memory that are asked about as Consul's are, for a {@link Rehearsal}:
 * every transaction succeeds, and nothing waits. Used by one thread.
 */
final class Stage implements Asker {

  private static final int OK = 200;
  private static final int MISSING = 404;
  private static final String KEYS = "/v1/kv/";

  private final Map<String, JsonObject> keys = new TreeMap<>();
  private long index = 1;

  @Override
  public Answer ask(Call call, Connections.Lane lane, Patience patience) {
    return call.body() == null
        ? found(call.path().substring(KEYS.length()), call.parameters().contains("recurse"))
        : done(JsonParser.parseString(call.body()).getAsJsonArray());
  }

  private Answer found(String name, boolean below) {
    JsonArray all = new JsonArray();
    keys.forEach(
        (key, entry) -> {
          if (below ? key.startsWith(name) : key.equals(name)) {
            all.add(entry);
          }
        });
    return new Answer("rehearse", all.isEmpty() ? MISSING : OK, all.toString(), index);
  }

  private Answer done(JsonArray steps) {
    index++;
    JsonArray results = new JsonArray();
    for (JsonElement step : steps) {
      JsonObject order = step.getAsJsonObject().getAsJsonObject("KV");
      String key = order.get("Key").getAsString();
      switch (order.get("Verb").getAsString()) {
        case "lock", "unlock", "cas" -> results.add(result(write(key, order)));
        case "delete" -> keys.remove(key);
        default -> {} // a check, which holds
      }
    }
    JsonObject answer = new JsonObject();
    answer.add("Results", results);
    return new Answer("rehearse", OK, answer.toString(), index);
  }

  private JsonObject write(String key, JsonObject order) {
    JsonObject before = keys.get(key);
    JsonObject entry = new JsonObject();
    entry.addProperty("LockIndex", index);
    entry.addProperty("Key", key);
    entry.add("Flags", order.get("Flags"));
    entry.add("Value", order.get("Value"));
    if (order.get("Verb").getAsString().equals("lock")) {
      entry.add("Session", order.get("Session"));
    }
    entry.addProperty(
        "CreateIndex", before == null ? index : before.get("CreateIndex").getAsLong());
    entry.addProperty("ModifyIndex", index);
    keys.put(key, entry);
    return entry;
  }

  private static JsonObject result(JsonObject entry) {
    JsonObject wrapped = new JsonObject();
    wrapped.add("KV", entry);
    return wrapped;
  }
}
