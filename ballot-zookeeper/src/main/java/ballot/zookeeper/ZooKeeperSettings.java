package ballot.zookeeper;

import ballot.api.Durations;
import ballot.api.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a user can set. The first ones are spelled as in scality/ballot. */
final class ZooKeeperSettings {

  private static final Duration SHORTEST_SESSION = Duration.ofMillis(500);
  private static final Duration LONGEST_SESSION = Duration.ofHours(1);

  static final Setting<List<String>> SERVERS =
      Setting.list(
              "zookeeper-servers",
              "The servers of the ensemble, host or host:port (2181); a path behind the last one is"
                  + " the znode below which everything happens: zk1,zk2,zk3/app.")
          .withDefault("localhost")
          .withVariables("ZOOKEEPER_SERVERS")
          .withCheck(
              servers ->
                  Hosts.parse(servers).isPresent()
                      ? Optional.empty()
                      : Optional.of("not a list of servers: " + Hosts.ALLOWED));

  static final Setting<Duration> SESSION_TIMEOUT =
      Setting.duration(
              "zookeeper-session-timeout",
              "How long the servers keep a candidate that says nothing, and how long a lease holds;"
                  + " they allow 2 to 20 times their tickTime unless told otherwise.")
          .withDefault("5s")
          .withVariables("ZOOKEEPER_SESSION_TIMEOUT")
          .withCheck(
              timeout ->
                  within(timeout, SHORTEST_SESSION, LONGEST_SESSION)
                      ? Optional.empty()
                      : Optional.of(Durations.format(timeout) + " is not between 500ms and 1h"));

  static final Setting<String> DIGEST =
      Setting.text(
              "zookeeper.digest",
              "user:password that this process says it is, for ACLs of the scheme digest.")
          .asSecret();

  static final Setting<Path> DIGEST_FILE =
      Setting.path(
          "zookeeper.digest-file", "A file that holds it; read when zookeeper.digest is not set.");

  static final Setting<List<String>> ACL =
      Setting.list(
              "zookeeper.acl",
              "Who may do what with the znodes that ballot makes: 'open', 'creator' (whoever"
                  + " zookeeper.digest or SASL says this is), or a list of scheme:id:permissions"
                  + " such as digest:ops:x1y2=:cdrwa,world:anyone:r.")
          .withDefault("open")
          .withCheck(
              entries ->
                  Acls.parse(entries).isPresent()
                      ? Optional.empty()
                      : Optional.of("not a list of rights: " + Acls.ALLOWED));

  static final Setting<Boolean> TLS =
      Setting.onOff("zookeeper.tls", "Whether to speak TLS to the servers.").withDefault("false");

  static final Setting<Path> TLS_TRUST_STORE =
      Setting.path(
          "zookeeper.tls-trust-store",
          "Certificates of authorities to trust: PEM, or PKCS12 as .p12; Java's own if not set.");

  static final Setting<String> TLS_TRUST_STORE_PASSWORD =
      Setting.text("zookeeper.tls-trust-store-password", "Its password, if it has one.").asSecret();

  static final Setting<Path> TLS_KEY_STORE =
      Setting.path(
          "zookeeper.tls-key-store",
          "The key and certificate to show to the servers: both in one PEM file, or PKCS12 as"
              + " .p12.");

  static final Setting<String> TLS_KEY_STORE_PASSWORD =
      Setting.text("zookeeper.tls-key-store-password", "Its password, if it has one.").asSecret();

  static final Setting<Boolean> TLS_VERIFY_HOSTNAME =
      Setting.onOff(
              "zookeeper.tls-verify-hostname",
              "Whether a server's certificate has to name the host that was asked for.")
          .withDefault("true");

  static final Setting<String> SASL_USER =
      Setting.text("zookeeper.sasl-user", "Who to be by SASL, with a password (DIGEST-MD5).");

  static final Setting<String> SASL_PASSWORD =
      Setting.text("zookeeper.sasl-password", "The password of zookeeper.sasl-user.").asSecret();

  static final Setting<Path> SASL_PASSWORD_FILE =
      Setting.path(
          "zookeeper.sasl-password-file",
          "A file that holds it; read when zookeeper.sasl-password is not set.");

  static final Setting<Path> SASL_JAAS_FILE =
      Setting.path(
          "zookeeper.sasl-jaas-file",
          "A JAAS file that says who to be by SASL, for Kerberos and others.");

  static final Setting<String> SASL_JAAS_SECTION =
      Setting.text("zookeeper.sasl-jaas-section", "The section of that file.")
          .withDefault("Client");

  static final Setting<String> SASL_SERVER_PRINCIPAL =
      Setting.text(
          "zookeeper.sasl-server-principal",
          "The servers' principal in Kerberos, if it is not zookeeper/host.");

  private ZooKeeperSettings() {}

  static List<Setting<?>> all() {
    return List.of(
        SERVERS,
        SESSION_TIMEOUT,
        DIGEST,
        DIGEST_FILE,
        ACL,
        TLS,
        TLS_TRUST_STORE,
        TLS_TRUST_STORE_PASSWORD,
        TLS_KEY_STORE,
        TLS_KEY_STORE_PASSWORD,
        TLS_VERIFY_HOSTNAME,
        SASL_USER,
        SASL_PASSWORD,
        SASL_PASSWORD_FILE,
        SASL_JAAS_FILE,
        SASL_JAAS_SECTION,
        SASL_SERVER_PRINCIPAL);
  }

  private static boolean within(Duration value, Duration least, Duration most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }
}
