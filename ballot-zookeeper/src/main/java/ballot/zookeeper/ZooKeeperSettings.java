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
          .withVariables("ZOOKEEPER_DIGEST")
          .asSecret();

  static final Setting<Path> DIGEST_FILE =
      Setting.path(
              "zookeeper.digest-file",
              "A file that holds it; read when zookeeper.digest is not set.")
          .withVariables("ZOOKEEPER_DIGEST_FILE");

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

  private ZooKeeperSettings() {}

  static List<Setting<?>> all() {
    return List.of(SERVERS, SESSION_TIMEOUT, DIGEST, DIGEST_FILE, ACL);
  }

  private static boolean within(Duration value, Duration least, Duration most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }
}
