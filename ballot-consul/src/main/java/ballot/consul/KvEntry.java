package ballot.consul;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A key as Consul has it.
 *
 * @param key the whole path
 * @param createIndex when it was made, in the store's own count
 * @param modifyIndex when it was changed last
 * @param flags 64 bits without a sign
 * @param session who holds it
 * @param encoded the value in base64
 */
record KvEntry(
    String key,
    long createIndex,
    long modifyIndex,
    long flags,
    @Nullable String session,
    String encoded) {

  static KvEntry of(JsonObject object) {
    return new KvEntry(
        Json.text(object, "Key").orElse(""),
        Json.number(object, "CreateIndex"),
        Json.number(object, "ModifyIndex"),
        Json.number(object, "Flags"),
        Json.text(object, "Session").orElse(null),
        Json.text(object, "Value").orElse(""));
  }

  boolean isHeld() {
    return session != null;
  }

  boolean isHeldBy(String other) {
    return other.equals(session);
  }

  /** The value as text; whatever it is. */
  String text() {
    try {
      return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }
}
