package ballot.consul;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Steps on keys that happen all at once or not at all. */
final class Txn {

  private final JsonArray steps = new JsonArray();

  /** What became of a transaction. */
  sealed interface Outcome {

    /**
     * Reads what the store says of it.
     *
     * @throws IOException when it is not JSON, or not an outcome
     */
    static Outcome read(JsonReader json) throws IOException {
      List<KvEntry> entries = new ArrayList<>();
      List<Refusal> refusals = new ArrayList<>();
      json.beginObject();
      while (json.hasNext()) {
        String name = json.nextName();
        boolean results = name.equals("Results");
        if (json.peek() != JsonToken.BEGIN_ARRAY || !(results || name.equals("Errors"))) {
          json.skipValue();
          continue;
        }
        json.beginArray();
        while (json.hasNext()) {
          if (results) {
            json.beginObject();
            var unusedKind = json.nextName();
            entries.add(KvEntry.read(json));
            json.endObject();
          } else {
            refusals.add(Refusal.read(json));
          }
        }
        json.endArray();
      }
      json.endObject();
      return refusals.isEmpty() ? new Done(entries) : new Refused(refusals);
    }

    /** All of it happened. */
    record Done(List<KvEntry> entries) implements Outcome {
      /** The last state of a key. */
      KvEntry entry(String key) {
        return entries.reversed().stream()
            .filter(entry -> entry.key().equals(key))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no result for " + key));
      }
    }

    /** Nothing of it happened. */
    record Refused(List<Refusal> refusals) implements Outcome {
      boolean says(String words) {
        return refusals.stream().anyMatch(refusal -> refusal.what().contains(words));
      }

      /** Whether the token lacks rights for it. */
      boolean isDenied() {
        return says("Permission denied");
      }

      String quote() {
        return String.join("; ", refusals.stream().map(Refusal::what).distinct().toList());
      }
    }
  }

  /** Which step failed, and why. */
  record Refusal(int step, String what) {

    private static Refusal read(JsonReader json) throws IOException {
      int step = 0;
      String what = "";
      json.beginObject();
      while (json.hasNext()) {
        switch (json.nextName()) {
          case "OpIndex" -> step = json.nextInt();
          case "What" -> what = json.nextString();
          default -> json.skipValue();
        }
      }
      json.endObject();
      return new Refusal(step, what);
    }
  }

  /** Fails unless the key was last changed at that index; index 0 means that it must not exist. */
  Txn unchangedSince(String key, long index) {
    JsonObject step = step(index == 0 ? "check-not-exists" : "check-index", key);
    if (index != 0) {
      step.addProperty("Index", index);
    }
    return this;
  }

  /** Says what a key is; fails where there is none. */
  Txn read(String key) {
    step("get", key);
    return this;
  }

  Txn heldBy(String key, String session) {
    step("check-session", key).addProperty("Session", session);
    return this;
  }

  Txn lock(String key, String value, long flags, String session) {
    JsonObject step = valued("lock", key, value, flags);
    step.addProperty("Session", session);
    return this;
  }

  Txn unlock(String key, String value, long flags, String session) {
    JsonObject step = valued("unlock", key, value, flags);
    step.addProperty("Session", session);
    return this;
  }

  /**
   * Sets a key that was last changed at that index, or did not exist with index 0, and fails if it
   * was changed since.
   *
   * <p>Consul leaves a key as it was, its index included, when it is set to what it is already: two
   * who write the same after the same state would both succeed, and neither would have an index of
   * its own. So the flags say which state was the one before.
   */
  Txn change(String key, String value, long index) {
    valued("cas", key, value, index).addProperty("Index", index);
    return this;
  }

  Txn delete(String key) {
    step("delete", key);
    return this;
  }

  private JsonObject valued(String verb, String key, String value, long flags) {
    JsonObject step = step(verb, key);
    step.addProperty(
        "Value", Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
    step.add("Flags", new JsonPrimitive(new BigInteger(Long.toUnsignedString(flags))));
    return step;
  }

  private JsonObject step(String verb, String key) {
    JsonObject step = new JsonObject();
    step.addProperty("Verb", verb);
    step.addProperty("Key", key);
    JsonObject wrapped = new JsonObject();
    wrapped.add("KV", step);
    steps.add(wrapped);
    return step;
  }

  int size() {
    return steps.size();
  }

  @Override
  public String toString() {
    return steps.toString();
  }
}
