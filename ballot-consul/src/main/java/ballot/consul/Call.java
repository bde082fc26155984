package ballot.consul;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request to the agent.
 *
 * @param method GET or PUT
 * @param path from {@code /v1} on, its parts escaped
 * @param parameters escaped, as they stand in the URL
 * @param body what is sent along
 * @param purpose what it is for, completing "could not …"
 */
record Call(
    String method, String path, List<String> parameters, @Nullable String body, String purpose) {

  Call {
    parameters = List.copyOf(parameters);
  }

  static Call get(String path, String purpose) {
    return new Call("GET", path, List.of(), null, purpose);
  }

  static Call put(String path, @Nullable String body, String purpose) {
    return new Call("PUT", path, List.of(), body, purpose);
  }

  /** With one more parameter, such as {@code consistent}. */
  Call with(String name) {
    List<String> more = new ArrayList<>(parameters);
    more.add(name);
    return new Call(method, path, more, body, purpose);
  }

  Call with(String name, String value) {
    return with(name + "=" + escape(value));
  }

  String target() {
    return parameters.isEmpty() ? path : path + "?" + String.join("&", parameters);
  }

  /** Escapes everything but what may stand in any part of a URL, and slashes. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char letter = (char) (each & 0xff);
      boolean plain =
          letter < 128 && (Character.isLetterOrDigit(letter) || "-._~/".indexOf(letter) >= 0);
      escaped.append(plain ? String.valueOf(letter) : String.format("%%%02X", (int) letter));
    }
    return escaped.toString();
  }
}
