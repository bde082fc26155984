package ballot.zookeeper;

import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.security.URIParameter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Sections of JAAS under names of our own, beside whatever the process has already: the Java way of
 * SASL knows one configuration a process.
 */
final class Jaas extends Configuration {

  private static final String DIGEST_MODULE = "org.apache.zookeeper.server.auth.DigestLoginModule";

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Map<String, AppConfigurationEntry[]> OURS = new ConcurrentHashMap<>();

  private final @Nullable Configuration others;

  private Jaas(@Nullable Configuration others) {
    this.others = others;
  }

  /** A section for a name and a password, by DIGEST-MD5; its name. */
  static String digest(String user, String password) {
    return add(
        new AppConfigurationEntry[] {
          new AppConfigurationEntry(
              DIGEST_MODULE,
              LoginModuleControlFlag.REQUIRED,
              Map.of("username", user, "password", password))
        });
  }

  /**
   * A section of a file; its name with us, or null when the file has no such section.
   *
   * @throws SecurityException when the file cannot be read as one
   */
  static @Nullable String ofFile(URI file, String section) throws NoSuchAlgorithmException {
    AppConfigurationEntry[] entries =
        Configuration.getInstance("JavaLoginConfig", new URIParameter(file))
            .getAppConfigurationEntry(section);
    return entries == null ? null : add(entries);
  }

  private static synchronized String add(AppConfigurationEntry[] entries) {
    String name = "ballot-zookeeper-" + NUMBER.incrementAndGet();
    OURS.put(name, entries);
    Configuration present = present();
    if (!(present instanceof Jaas)) {
      Configuration.setConfiguration(new Jaas(present));
    }
    return name;
  }

  private static @Nullable Configuration present() {
    try {
      return Configuration.getConfiguration();
    } catch (SecurityException none) {
      return null;
    }
  }

  @Override
  public AppConfigurationEntry @Nullable [] getAppConfigurationEntry(String name) {
    AppConfigurationEntry[] own = OURS.get(name);
    if (own != null) {
      return own.clone();
    }
    return others == null ? null : others.getAppConfigurationEntry(name);
  }
}
