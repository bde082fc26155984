package ballot.zookeeper;

import ballot.api.RejectedException;
import ballot.api.SettingValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    ZKClientConfig config = new ZKClientConfig();
    config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
    return new Access(
        hosts,
        values.get(ZooKeeperSettings.SESSION_TIMEOUT),
        values.origin(ZooKeeperSettings.SESSION_TIMEOUT),
        config,
        digest(values),
        acl);
  }

  private static Optional<byte[]> digest(SettingValues values) throws RejectedException {
    Optional<String> given = values.find(ZooKeeperSettings.DIGEST);
    if (given.isPresent()) {
      if (!given.get().contains(":")) {
        throw RejectedException.because(
            ZooKeeperSettings.DIGEST, "is to be user:password (it is not shown: a secret)");
      }
      return given.map(text -> text.getBytes(StandardCharsets.UTF_8));
    }
    Optional<Path> file = values.find(ZooKeeperSettings.DIGEST_FILE);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(file.get()).strip();
      if (text.contains(":")) {
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException unreadable) {
      throw RejectedException.because(
          ZooKeeperSettings.DIGEST_FILE, "cannot be read: " + file.get());
    }
    throw RejectedException.because(
        ZooKeeperSettings.DIGEST_FILE, "does not hold user:password: " + file.get());
  }
}
