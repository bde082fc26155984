package ballot.zookeeper;

import ballot.api.RejectedException;
import ballot.api.Setting;
import ballot.api.SettingValues;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.X509Exception;
import org.apache.zookeeper.common.X509Util;
import org.jspecify.annotations.Nullable;

/** TLS and SASL, as ZooKeeper's client wants to be told of them. */
final class ClientSettings {

  private static final String FIPS_MODE = "zookeeper.fips-mode";
  private static final String NETTY = "org.apache.zookeeper.ClientCnxnSocketNetty";

  /** Netty's shortcuts past Java, which newer releases of Java warn about on stderr. */
  private static final List<String> CALM_NETTY =
      List.of("io.netty.noUnsafe", "io.netty.transport.noNative");

  private ClientSettings() {}

  /** Finding out what TLS can do takes a third of a second, which is long for a start. */
  private static final class WithoutTls extends ZKClientConfig {
    @Override
    protected void handleBackwardCompatibility() {}
  }

  static ZKClientConfig of(SettingValues values) throws RejectedException {
    ZKClientConfig config =
        values.get(ZooKeeperSettings.TLS) ? new ZKClientConfig() : new WithoutTls();
    sasl(values, config);
    if (values.get(ZooKeeperSettings.TLS)) {
      tls(values, config);
    }
    return config;
  }

  private static void sasl(SettingValues values, ZKClientConfig config) throws RejectedException {
    Optional<String> user = values.find(ZooKeeperSettings.SASL_USER);
    Optional<Path> file = values.find(ZooKeeperSettings.SASL_JAAS_FILE);
    if (user.isPresent() && file.isPresent()) {
      throw RejectedException.because(
          ZooKeeperSettings.SASL_JAAS_FILE,
          "goes not together with " + ZooKeeperSettings.SASL_USER.name() + ": give one of them");
    }
    String section = null;
    if (user.isPresent()) {
      section = digest(values, user.get());
      config.setProperty(FIPS_MODE, "false"); // in which the client refuses DIGEST-MD5 by itself
    } else if (file.isPresent()) {
      section = inFile(file.get(), values.get(ZooKeeperSettings.SASL_JAAS_SECTION));
    }
    config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, Boolean.toString(section != null));
    if (section != null) {
      config.setProperty(ZKClientConfig.LOGIN_CONTEXT_NAME_KEY, section);
    }
    values
        .find(ZooKeeperSettings.SASL_SERVER_PRINCIPAL)
        .ifPresent(
            principal -> config.setProperty(ZKClientConfig.ZOOKEEPER_SERVER_PRINCIPAL, principal));
  }

  private static String digest(SettingValues values, String user) throws RejectedException {
    Secrets.Secret password =
        Secrets.find(values, ZooKeeperSettings.SASL_PASSWORD, ZooKeeperSettings.SASL_PASSWORD_FILE)
            .orElseThrow(
                () ->
                    RejectedException.because(
                        ZooKeeperSettings.SASL_PASSWORD,
                        "is missing: "
                            + ZooKeeperSettings.SASL_USER.name()
                            + " needs it, or "
                            + ZooKeeperSettings.SASL_PASSWORD_FILE.name()));
    return Jaas.digest(user, password.text());
  }

  private static String inFile(Path file, String section) throws RejectedException {
    if (!Files.isReadable(file)) {
      throw RejectedException.because(ZooKeeperSettings.SASL_JAAS_FILE, "cannot be read: " + file);
    }
    try {
      String name = Jaas.ofFile(file.toUri(), section);
      if (name != null) {
        return name;
      }
    } catch (NoSuchAlgorithmException | SecurityException unreadable) {
      throw RejectedException.because(
          ZooKeeperSettings.SASL_JAAS_FILE, "is not a JAAS configuration: " + file);
    }
    throw RejectedException.because(
        ZooKeeperSettings.SASL_JAAS_SECTION, "there is no section '" + section + "' in " + file);
  }

  private static void tls(SettingValues values, ZKClientConfig config) throws RejectedException {
    for (String property : CALM_NETTY) {
      if (System.getProperty(property) == null) {
        System.setProperty(property, "true");
      }
    }
    boolean verifiesHost = values.get(ZooKeeperSettings.TLS_VERIFY_HOSTNAME);
    config.setProperty(ZKClientConfig.SECURE_CLIENT, "true");
    config.setProperty(ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, NETTY);
    config.setProperty("zookeeper.ssl.hostnameVerification", Boolean.toString(verifiesHost));
    Path trust = readable(values, ZooKeeperSettings.TLS_TRUST_STORE);
    if (trust != null) {
      String password = password(values, ZooKeeperSettings.TLS_TRUST_STORE_PASSWORD);
      checkTrust(trust, password);
      set(config, "trustStore", trust, password);
    }
    Path key = readable(values, ZooKeeperSettings.TLS_KEY_STORE);
    if (key != null) {
      String password = password(values, ZooKeeperSettings.TLS_KEY_STORE_PASSWORD);
      checkKey(key, password);
      set(config, "keyStore", key, password);
    }
  }

  private static void set(ZKClientConfig config, String which, Path file, String password) {
    config.setProperty("zookeeper.ssl." + which + ".location", file.toString());
    config.setProperty("zookeeper.ssl." + which + ".password", password);
    config.setProperty("zookeeper.ssl." + which + ".type", type(file));
  }

  private static String password(SettingValues values, Setting<String> setting) {
    return values.find(setting).orElse("");
  }

  private static @Nullable Path readable(SettingValues values, Setting<Path> setting)
      throws RejectedException {
    Optional<Path> file = values.find(setting);
    if (file.isPresent() && !Files.isReadable(file.get())) {
      throw RejectedException.because(setting, "cannot be read: " + file.get());
    }
    return file.orElse(null);
  }

  /** By the name of the file; what is not known by it is taken for PEM. */
  private static String type(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".p12") || name.endsWith(".pfx")) {
      return "PKCS12";
    }
    return name.endsWith(".jks") ? "JKS" : "PEM";
  }

  private static void checkTrust(Path file, String password) throws RejectedException {
    try {
      var unused =
          X509Util.createTrustManager(
              file.toString(), password, type(file), false, false, true, false, false, true);
    } catch (X509Exception unusable) {
      throw RejectedException.because(
          ZooKeeperSettings.TLS_TRUST_STORE,
          "cannot be used: "
              + file
              + " is to hold certificates (PEM, or PKCS12 as .p12); if it has"
              + " a password, it is "
              + ZooKeeperSettings.TLS_TRUST_STORE_PASSWORD.name());
    }
  }

  private static void checkKey(Path file, String password) throws RejectedException {
    try {
      var unused = X509Util.createKeyManager(file.toString(), password, type(file));
    } catch (X509Exception unusable) {
      throw RejectedException.because(
          ZooKeeperSettings.TLS_KEY_STORE,
          "cannot be used: "
              + file
              + " is to hold a key and its certificate (one PEM file, or PKCS12 as .p12); if it has"
              + " a password, it is "
              + ZooKeeperSettings.TLS_KEY_STORE_PASSWORD.name());
    }
  }
}
