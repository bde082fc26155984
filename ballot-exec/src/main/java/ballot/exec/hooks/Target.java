package ballot.exec.hooks;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a hook's JSON goes. What it shows of itself is no secret: user information is, and so are
 * the paths of many services.
 *
 * @param isSecure whether by TLS
 * @param host a name or an address, without brackets
 * @param path with the query
 * @param authorization the value of that header; null for none
 * @param secrets what must not be repeated even if the other side does
 */
record Target(
    boolean isSecure,
    String host,
    int port,
    String path,
    @Nullable String authorization,
    List<String> secrets) {

  /** User information, host, port. A name may hold underscores, as those of containers do. */
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:(.*)@)?(\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._~-]+)(?::([0-9]*))?");

  private static final int HIGHEST_PORT = 65535;

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException saying what is wrong, and nothing of the address
   */
  static Target of(String address) {
    URI uri = uri(address);
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw wrong("it begins with neither http:// nor https://");
    }
    Matcher authority = AUTHORITY.matcher(String.valueOf(uri.getRawAuthority()));
    if (uri.getRawAuthority() == null || !authority.matches()) {
      throw wrong("there is no host in it, or not one that could be");
    }
    boolean isSecure = scheme.equals("https");
    @Nullable String user = authority.group(1);
    return new Target(
        isSecure,
        bare(String.valueOf(authority.group(2))),
        port(authority.group(3), isSecure),
        path(uri),
        user == null ? null : "Basic " + encoded(user),
        user == null ? List.of() : List.of(encoded(user), user, password(user)));
  }

  /** For people: as much as is no secret. */
  @Override
  public String toString() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    boolean isUsual = port == (isSecure ? 443 : 80);
    return (isSecure ? "https://" : "http://")
        + name
        + (isUsual ? "" : ":" + port)
        + (path.equals("/") ? "/" : "/…");
  }

  /** The value of the header that names the host. */
  String hostHeader() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return port == (isSecure ? 443 : 80) ? name : name + ":" + port;
  }

  /** A text of the other side without our secrets. */
  String withoutSecrets(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = secret.isEmpty() ? clean : clean.replace(secret, "***");
    }
    return clean;
  }

  private static URI uri(String address) {
    try {
      return URI.create(new URI(address.strip()).toASCIIString());
    } catch (URISyntaxException unreadable) {
      throw wrong("the character at position %d".formatted(unreadable.getIndex() + 1));
    }
  }

  private static String path(URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private static int port(@Nullable String text, boolean isSecure) {
    if (text == null || text.isEmpty()) {
      return isSecure ? 443 : 80;
    }
    int port = text.length() > 5 ? 0 : Integer.parseInt(text);
    if (port < 1 || port > HIGHEST_PORT) {
      throw wrong("a port is a number from 1 to " + HIGHEST_PORT);
    }
    return port;
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static String decoded(String text) {
    try {
      // Here a plus is a plus.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      throw wrong("its user information is not encoded as it must be");
    }
  }

  private static String encoded(String user) {
    String pair = decoded(user.indexOf(':') < 0 ? user + ":" : user);
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String password(String user) {
    return decoded(user.substring(user.indexOf(':') + 1));
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        "not an address that can be called: %s; write http://host:port/path".formatted(what));
  }
}
