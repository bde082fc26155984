package ballot.zookeeper;

import ballot.api.RejectedException;
import ballot.api.SettingValues;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.ACL;

/**
 * How to reach the ensemble and who to be there: read and checked once, when the store is opened.
 *
 * @param digest what to say for the scheme digest; a secret
 * @param timeoutOrigin where the session timeout was set, for people
 */
record Access(
    Hosts hosts,
    Duration sessionTimeout,
    String timeoutOrigin,
    ZKClientConfig clientConfig,
    Optional<byte[]> digest,
    List<ACL> acl) {

  /** Whether TLS is spoken. */
  boolean isSecure() {
    return clientConfig.getBoolean(ZKClientConfig.SECURE_CLIENT);
  }

  static Access of(SettingValues values) throws RejectedException {
    Hosts hosts =
        Hosts.parse(values.get(ZooKeeperSettings.SERVERS))
            .orElseThrow(
                () ->
                    RejectedException.because(
                        ZooKeeperSettings.SERVERS, "not a list of servers: " + Hosts.ALLOWED));
    List<ACL> acl =
        Acls.parse(values.get(ZooKeeperSettings.ACL))
            .orElseThrow(
                () ->
                    RejectedException.because(
                        ZooKeeperSettings.ACL, "not a list of rights: " + Acls.ALLOWED));
    return new Access(
        hosts,
        values.get(ZooKeeperSettings.SESSION_TIMEOUT),
        values.origin(ZooKeeperSettings.SESSION_TIMEOUT),
        ClientSettings.of(values),
        digest(values),
        acl);
  }

  private static Optional<byte[]> digest(SettingValues values) throws RejectedException {
    Optional<Secrets.Secret> secret =
        Secrets.find(values, ZooKeeperSettings.DIGEST, ZooKeeperSettings.DIGEST_FILE);
    if (secret.isPresent() && secret.get().text().indexOf(':') <= 0) {
      throw RejectedException.because(
          secret.get().setting(), "is to be user:password (it is not shown: a secret)");
    }
    return secret.map(given -> given.text().getBytes(StandardCharsets.UTF_8));
  }
}
