package ballot.consul;

import ballot.api.Durations;
import ballot.api.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a user can set. The variables of Consul's own programs are read where ours are not set. */
final class ConsulSettings {

  private static final Duration SHORTEST_CHECK = Duration.ofSeconds(1);
  private static final Duration LONGEST_CHECK = Duration.ofMinutes(10);
  private static final Duration SHORTEST_SESSION = Duration.ofSeconds(1);
  private static final Duration LONGEST_SESSION = Duration.ofHours(24);

  static final Setting<String> ADDRESS =
      Setting.text(
              "consul.address",
              "Where the Consul agent of this node listens: host:port, http://host:port,"
                  + " https://host:port or unix:///path/of/socket.")
          .withDefault("127.0.0.1:8500")
          .withVariables("CONSUL_HTTP_ADDR")
          .withCheck(
              text ->
                  Endpoint.parse(text).isPresent()
                      ? Optional.empty()
                      : Optional.of("this is not an address; " + Endpoint.ALLOWED));

  static final Setting<String> TOKEN =
      Setting.text(
              "consul.token", "The ACL token. Goes before consul.token-file when both are set.")
          .withVariables("CONSUL_HTTP_TOKEN")
          .asSecret();

  static final Setting<Path> TOKEN_FILE =
      Setting.path("consul.token-file", "A file that holds the ACL token.")
          .withVariables("CONSUL_HTTP_TOKEN_FILE");

  static final Setting<String> HTTP_AUTH =
      Setting.text("consul.http-auth", "name:password for a proxy in front of Consul.")
          .withVariables("CONSUL_HTTP_AUTH")
          .asSecret();

  static final Setting<String> DATACENTER =
      Setting.text(
          "consul.datacenter", "The datacenter of the elections, when it is not the agent's own.");

  static final Setting<String> NAMESPACE =
      Setting.text("consul.namespace", "The namespace of the elections (Consul Enterprise).")
          .withVariables("CONSUL_NAMESPACE");

  static final Setting<Boolean> TLS =
      Setting.onOff(
              "consul.tls",
              "Whether to speak TLS; an address that begins with https:// says so too.")
          .withVariables("CONSUL_HTTP_SSL");

  static final Setting<Boolean> TLS_VERIFY =
      Setting.onOff("consul.tls-verify", "Whether the certificate of the agent is checked.")
          .withDefault("true")
          .withVariables("CONSUL_HTTP_SSL_VERIFY");

  static final Setting<Path> TLS_CA_FILE =
      Setting.path(
              "consul.tls-ca-file", "Certificates (PEM) of authorities to trust, and no others.")
          .withVariables("CONSUL_CACERT");

  static final Setting<Path> TLS_CA_PATH =
      Setting.path(
              "consul.tls-ca-path",
              "A folder of such files, read when consul.tls-ca-file is not set.")
          .withVariables("CONSUL_CAPATH");

  static final Setting<Path> TLS_CERT_FILE =
      Setting.path("consul.tls-cert-file", "The certificate (PEM) to show to the agent.")
          .withVariables("CONSUL_CLIENT_CERT");

  static final Setting<Path> TLS_KEY_FILE =
      Setting.path("consul.tls-key-file", "The key (PEM) of consul.tls-cert-file.")
          .withVariables("CONSUL_CLIENT_KEY");

  static final Setting<String> TLS_KEY_PASSWORD =
      Setting.text("consul.tls-key-password", "The password of consul.tls-key-file.").asSecret();

  static final Setting<String> TLS_SERVER_NAME =
      Setting.text(
              "consul.tls-server-name",
              "The name to ask for, and to find in the agent's certificate, if not the address's.")
          .withVariables("CONSUL_TLS_SERVER_NAME");

  static final Setting<Duration> SESSION_TTL =
      Setting.duration(
              "consul.session-ttl",
              "How long the servers keep a session that says nothing, at least; they allow 10s to"
                  + " 24h unless told otherwise.")
          .withDefault("10s")
          .withCheck(
              ttl ->
                  within(ttl, SHORTEST_SESSION, LONGEST_SESSION)
                      ? Optional.empty()
                      : Optional.of(Durations.format(ttl) + " is not between 1s and 24h"));

  static final Setting<String> CRASH_DETECTION =
      Setting.text(
              "crash-detection",
              "How soon the agent of this node gives a silent candidate up, by a check of a"
                  + " service 'ballot' that is registered meanwhile; 'off' leaves it to"
                  + " consul.session-ttl.")
          .withDefault("2s")
          .withCheck(ConsulSettings::complainAboutCheck);

  private ConsulSettings() {}

  static List<Setting<?>> all() {
    return List.of(
        ADDRESS,
        TOKEN,
        TOKEN_FILE,
        HTTP_AUTH,
        DATACENTER,
        NAMESPACE,
        TLS,
        TLS_VERIFY,
        TLS_CA_FILE,
        TLS_CA_PATH,
        TLS_CERT_FILE,
        TLS_KEY_FILE,
        TLS_KEY_PASSWORD,
        TLS_SERVER_NAME,
        SESSION_TTL,
        CRASH_DETECTION);
  }

  /** The validity of the check; nothing when it is off. */
  static Optional<Duration> checkTtl(String text) {
    return switch (text.strip().toLowerCase(java.util.Locale.ROOT)) {
      case "off", "false", "no", "0", "0s" -> Optional.empty();
      default -> Optional.of(Durations.parse(text));
    };
  }

  private static Optional<String> complainAboutCheck(String text) {
    return checkTtl(text)
        .filter(ttl -> !within(ttl, SHORTEST_CHECK, LONGEST_CHECK))
        .map(ttl -> "'" + text + "' is neither 'off' nor a duration between 1s and 10m");
  }

  private static boolean within(Duration value, Duration least, Duration most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }
}
