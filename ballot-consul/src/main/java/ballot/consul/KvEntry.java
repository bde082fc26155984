package ballot.consul;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A key as Consul has it.
 *
 * @param key the whole path
 * @param createIndex when it was made, in the store's own count
 * @param modifyIndex when it was changed last
 * @param lockIndex how often it was taken since it was made; 0 after a plain write
 * @param flags 64 bits without a sign
 * @param session who holds it
 * @param encoded the value in base64
 */
record KvEntry(
    String key,
    long createIndex,
    long modifyIndex,
    long lockIndex,
    long flags,
    @Nullable String session,
    String encoded) {

  /**
   * Reads the next value as an entry, whatever is missing or more in it.
   *
   * @throws IOException when it is not JSON, or not an entry of Consul's
   */
  static KvEntry read(JsonReader json) throws IOException {
    String key = "";
    long createIndex = 0;
    long modifyIndex = 0;
    long lockIndex = 0;
    long flags = 0;
    String session = "";
    String encoded = "";
    json.beginObject();
    while (json.hasNext()) {
      String name = json.nextName();
      if (json.peek() == JsonToken.NULL) {
        json.nextNull();
        continue;
      }
      switch (name) {
        case "Key" -> key = json.nextString();
        case "CreateIndex" -> createIndex = json.nextLong();
        case "ModifyIndex" -> modifyIndex = json.nextLong();
        case "LockIndex" -> lockIndex = json.nextLong();
        case "Flags" -> flags = Long.parseUnsignedLong(json.nextString());
        case "Session" -> session = json.nextString();
        case "Value" -> encoded = json.nextString();
        default -> json.skipValue();
      }
    }
    json.endObject();
    return new KvEntry(
        key,
        createIndex,
        modifyIndex,
        lockIndex,
        flags,
        session.isEmpty() ? null : session,
        encoded);
  }

  boolean isHeld() {
    return session != null;
  }

  boolean isHeldBy(String other) {
    return other.equals(session);
  }

  /**
   * The value.
   *
   * @throws IllegalArgumentException when it is not base64
   */
  byte[] bytes() {
    return Base64.getDecoder().decode(encoded);
  }

  /** The value as text; whatever it is. */
  String text() {
    try {
      return new String(bytes(), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }
}
