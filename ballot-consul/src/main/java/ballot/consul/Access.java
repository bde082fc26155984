package ballot.consul;

import ballot.api.RejectedException;
import ballot.api.Setting;
import ballot.api.SettingValues;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who we are to the agent, and in which part of its world: goes with every request, and the secret
 * parts of it in headers only.
 */
final class Access {

  private static final int LONGEST_TOKEN_BYTES = 64 * 1024;

  private final @Nullable String token;
  private final @Nullable String basic;
  private final @Nullable String datacenter;
  private final @Nullable String namespace;

  private Access(
      @Nullable String token,
      @Nullable String basic,
      @Nullable String datacenter,
      @Nullable String namespace) {
    this.token = token;
    this.basic = basic;
    this.datacenter = datacenter;
    this.namespace = namespace;
  }

  static Access of(SettingValues values, Endpoint endpoint) throws RejectedException {
    String token = values.find(ConsulSettings.TOKEN).map(String::strip).orElse("");
    if (token.isEmpty()) {
      token = fromFile(values).orElse("");
    }
    refuseControls(ConsulSettings.TOKEN, token);
    String basic = values.find(ConsulSettings.HTTP_AUTH).orElse(null);
    if (basic != null && !basic.contains(":")) {
      throw RejectedException.because(
          ConsulSettings.HTTP_AUTH,
          "this is not of the form name:password (it is not shown: a secret)");
    }
    if (basic == null && endpoint.userInfo() != null) {
      basic = decode(endpoint.userInfo());
    }
    return new Access(
        token.isEmpty() ? null : token,
        basic,
        values.find(ConsulSettings.DATACENTER).orElse(null),
        values.find(ConsulSettings.NAMESPACE).orElse(null));
  }

  private static Optional<String> fromFile(SettingValues values) throws RejectedException {
    Optional<Path> file = values.find(ConsulSettings.TOKEN_FILE);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (Files.size(file.get()) > LONGEST_TOKEN_BYTES) {
        throw RejectedException.because(
            ConsulSettings.TOKEN_FILE, file.get() + " is too large to hold a token");
      }
      String token = Files.readString(file.get()).strip();
      if (token.isEmpty()) {
        throw RejectedException.because(
            ConsulSettings.TOKEN_FILE, file.get() + " is empty; it is to hold a token");
      }
      return Optional.of(token);
    } catch (IOException unreadable) {
      throw RejectedException.because(ConsulSettings.TOKEN_FILE, Tls.why(file.get(), unreadable));
    }
  }

  private static void refuseControls(Setting<?> setting, String value) throws RejectedException {
    if (!isPlain(value)) {
      throw RejectedException.because(
          setting,
          "the value has characters that cannot stand in a header (it is not shown: a secret)");
    }
  }

  private static String decode(String userInfo) {
    try {
      return URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEscaped) {
      return userInfo;
    }
  }

  /**
   * The same with another token.
   *
   * @throws RejectedException when it cannot be sent, naming whose it is
   */
  Access withToken(String other, String whose) throws RejectedException {
    String stripped = other.strip();
    if (stripped.isEmpty() || !isPlain(stripped)) {
      throw new RejectedException(
          "the token of "
              + whose
              + " is blank or has characters that cannot stand in a header (it is not shown: a"
              + " secret)");
    }
    return new Access(stripped, basic, datacenter, namespace);
  }

  private static boolean isPlain(String value) {
    return value.chars().allMatch(letter -> letter >= 0x20 && letter <= 0x7e);
  }

  /** The headers of a request. */
  Map<String, String> headers(Endpoint endpoint) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Host", endpoint.host() + ":" + endpoint.port());
    headers.put("User-Agent", "ballot");
    if (token != null) {
      headers.put("X-Consul-Token", token);
    }
    if (basic != null) {
      byte[] bytes = basic.getBytes(StandardCharsets.UTF_8);
      headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    return headers;
  }

  /** The call, saying which datacenter and namespace it is for. */
  Call scoped(Call call) {
    Call scoped = namespace == null ? call : call.with("ns", namespace);
    boolean local = call.path().startsWith("/v1/agent/");
    return datacenter == null || local ? scoped : scoped.with("dc", datacenter);
  }

  boolean namesDatacenter() {
    return datacenter != null;
  }

  @Nullable String namespace() {
    return namespace;
  }

  /** Takes our secrets out of a text that somebody else wrote. */
  String redact(String text) {
    List<String> secrets =
        Stream.concat(
                Stream.ofNullable(token),
                Stream.ofNullable(basic).map(pair -> pair.substring(pair.indexOf(':') + 1)))
            .filter(secret -> secret.length() > 3)
            .toList();
    String redacted = text;
    for (String secret : secrets) {
      redacted = redacted.replace(secret, "…");
    }
    return redacted;
  }

  @Override
  public String toString() {
    return "access of " + (token == null ? "nobody in particular" : "the holder of a token");
  }
}
