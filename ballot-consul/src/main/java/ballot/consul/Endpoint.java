package ballot.consul;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the agent listens.
 *
 * @param secure whether the address itself says {@code https}
 * @param host name or literal address; for a unix socket {@code localhost}
 * @param port from 1 to 65535
 * @param base what stands before {@code /v1}, without a slash at its end; mostly empty
 * @param unixPath the path of a unix socket, if it is one
 * @param userInfo name and password out of the address, never to be shown
 */
record Endpoint(
    boolean secure,
    String host,
    int port,
    String base,
    @Nullable String unixPath,
    @Nullable String userInfo) {

  private static final int DEFAULT_PORT = 8500;
  private static final int DEFAULT_SECURE_PORT = 8501;

  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:(?<scheme>[A-Za-z]+)://)?(?:(?<user>[^@/]*)@)?"
              + "(?<host>\\[[0-9A-Fa-f:.%a-z]+]|[^:/@\\[\\]\\s?#]+)(?::(?<port>\\d{1,5}))?"
              + "(?<base>/[^\\s?#]*)?");

  static final String ALLOWED =
      "write host:port, http://host:port, https://host:port or unix:///path/of/socket";

  /**
   * Reads an address.
   *
   * @return nothing when it is not one; the text is not repeated, since it may hold a password
   */
  static Optional<Endpoint> parse(String text) {
    String address = text.strip();
    if (address.startsWith("unix://")) {
      String path = address.substring("unix://".length());
      return path.startsWith("/")
          ? Optional.of(new Endpoint(false, "localhost", DEFAULT_PORT, "", path, null))
          : Optional.empty();
    }
    Matcher matcher = ADDRESS.matcher(address);
    return matcher.matches() ? of(matcher) : Optional.empty();
  }

  private static Optional<Endpoint> of(Matcher matcher) {
    String scheme =
        Optional.ofNullable(matcher.group("scheme")).orElse("http").toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("https");
    if (!secure && !scheme.equals("http")) {
      return Optional.empty();
    }
    String digits = matcher.group("port");
    int port =
        digits == null ? (secure ? DEFAULT_SECURE_PORT : DEFAULT_PORT) : Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      return Optional.empty();
    }
    String base = Optional.ofNullable(matcher.group("base")).orElse("").replaceAll("/+$", "");
    String host = matcher.group("host");
    return Optional.of(new Endpoint(secure, host, port, base, null, matcher.group("user")));
  }

  /** The host without the brackets of a literal IPv6 address. */
  String bareHost() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The address for messages: without user information. */
  @Override
  public String toString() {
    return unixPath != null
        ? "unix://" + unixPath
        : (secure ? "https://" : "http://") + host + ":" + port + base;
  }

  Endpoint secured() {
    return new Endpoint(true, host, port, base, unixPath, userInfo);
  }
}
