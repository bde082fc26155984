package ballot.consul;

import ballot.api.StoreException;
import ballot.api.UnavailableException;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads what the agent and other tools wrote; nothing of it is trusted to be well formed. */
final class Json {

  private Json() {}

  /** The list in a good answer. */
  static JsonArray array(Answer answer) throws StoreException {
    JsonElement element = parse(answer);
    if (element.isJsonArray()) {
      return element.getAsJsonArray();
    }
    throw garbled(answer, null);
  }

  /** The object in a good answer. */
  static JsonObject object(Answer answer) throws StoreException {
    JsonElement element = parse(answer);
    if (element.isJsonObject()) {
      return element.getAsJsonObject();
    }
    throw garbled(answer, null);
  }

  private static JsonElement parse(Answer answer) throws StoreException {
    try {
      return JsonParser.parseString(answer.orThrow());
    } catch (JsonParseException | StackOverflowError cutOff) {
      throw garbled(answer, cutOff);
    }
  }

  static UnavailableException garbled(Answer answer, @Nullable Throwable cause) {
    return new UnavailableException(
        answer.attempt() + ": the answer is not one of Consul's: " + answer.quote(), cause);
  }

  /** The object that a text is, if it is one. */
  static Optional<JsonObject> object(String text) {
    try {
      JsonElement element = JsonParser.parseString(text);
      return element.isJsonObject() ? Optional.of(element.getAsJsonObject()) : Optional.empty();
    } catch (JsonParseException | StackOverflowError somethingElse) {
      return Optional.empty();
    }
  }

  /** A field that is an object. */
  static Optional<JsonObject> child(JsonObject object, String field) {
    JsonElement element = object.get(field);
    return element != null && element.isJsonObject()
        ? Optional.of(element.getAsJsonObject())
        : Optional.empty();
  }

  /** All fields that are objects. */
  static Stream<JsonObject> children(JsonObject object) {
    return object.entrySet().stream()
        .map(Map.Entry::getValue)
        .filter(JsonElement::isJsonObject)
        .map(JsonElement::getAsJsonObject);
  }

  /** The objects in a list that is a field. */
  static List<JsonObject> objects(JsonObject object, String field) {
    return elements(object, field)
        .filter(JsonElement::isJsonObject)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  /** The texts in a list that is a field. */
  static List<String> texts(JsonObject object, String field) {
    return elements(object, field)
        .filter(JsonElement::isJsonPrimitive)
        .map(JsonElement::getAsString)
        .toList();
  }

  private static Stream<JsonElement> elements(JsonObject object, String field) {
    JsonElement element = object.get(field);
    return element != null && element.isJsonArray()
        ? StreamSupport.stream(element.getAsJsonArray().spliterator(), false)
        : Stream.empty();
  }

  /** A field that is a text, or a number as one; empty texts count as none. */
  static Optional<String> text(JsonObject object, String field) {
    return primitive(object, field).map(JsonPrimitive::getAsString).filter(text -> !text.isEmpty());
  }

  /** A field that is a whole number, unsigned ones of 64 bits included. */
  static long number(JsonObject object, String field) {
    try {
      return primitive(object, field).map(value -> value.getAsBigInteger().longValue()).orElse(0L);
    } catch (NumberFormatException notWhole) {
      return 0;
    }
  }

  private static Optional<JsonPrimitive> primitive(JsonObject object, String field) {
    JsonElement element = object.get(field);
    return element != null && element.isJsonPrimitive()
        ? Optional.of(element.getAsJsonPrimitive())
        : Optional.empty();
  }
}
