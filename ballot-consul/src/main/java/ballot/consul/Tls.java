package ballot.consul;

import ballot.api.RejectedException;
import ballot.api.Setting;
import ballot.api.SettingValues;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS to the agent, as the settings want it: read and checked once, when the store is opened. */
final class Tls {

  private static final char[] NO_PASSWORD = new char[0];

  private final SSLSocketFactory factory;
  private final boolean verifies;
  private final @Nullable String serverName;

  private Tls(SSLSocketFactory factory, boolean verifies, @Nullable String serverName) {
    this.factory = factory;
    this.verifies = verifies;
    this.serverName = serverName;
  }

  static Tls of(SettingValues values) throws RejectedException {
    boolean verifies = values.get(ConsulSettings.TLS_VERIFY);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keys(values),
          verifies ? trust(values) : new TrustManager[] {new TrustsEverybody()},
          null);
      return new Tls(
          context.getSocketFactory(),
          verifies,
          values.find(ConsulSettings.TLS_SERVER_NAME).orElse(null));
    } catch (GeneralSecurityException | IOException failure) {
      throw new RejectedException("TLS cannot be set up: " + failure.getMessage());
    }
  }

  private static KeyManager @Nullable [] keys(SettingValues values)
      throws RejectedException, GeneralSecurityException, IOException {
    Optional<Path> certificate = values.find(ConsulSettings.TLS_CERT_FILE);
    Optional<Path> key = values.find(ConsulSettings.TLS_KEY_FILE);
    if (certificate.isEmpty() && key.isEmpty()) {
      return null;
    }
    if (certificate.isEmpty() || key.isEmpty()) {
      throw RejectedException.because(
          certificate.isEmpty() ? ConsulSettings.TLS_CERT_FILE : ConsulSettings.TLS_KEY_FILE,
          "this is missing: a certificate and its key go together");
    }
    String password = values.find(ConsulSettings.TLS_KEY_PASSWORD).orElse(null);
    Certificate[] chain =
        read(ConsulSettings.TLS_CERT_FILE, certificate.get(), Pem::certificates)
            .toArray(Certificate[]::new);
    var privateKey = read(ConsulSettings.TLS_KEY_FILE, key.get(), file -> Pem.key(file, password));
    KeyStore store = emptyStore();
    store.setKeyEntry("client", privateKey, NO_PASSWORD, chain);
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, NO_PASSWORD);
    return managers.getKeyManagers();
  }

  private static TrustManager @Nullable [] trust(SettingValues values)
      throws RejectedException, GeneralSecurityException, IOException {
    List<X509Certificate> authorities = new ArrayList<>();
    Optional<Path> file = values.find(ConsulSettings.TLS_CA_FILE);
    Optional<Path> folder = values.find(ConsulSettings.TLS_CA_PATH);
    if (file.isPresent()) {
      authorities.addAll(read(ConsulSettings.TLS_CA_FILE, file.get(), Pem::certificates));
    } else if (folder.isPresent()) {
      for (Path each : read(ConsulSettings.TLS_CA_PATH, folder.get(), Tls::files)) {
        authorities.addAll(read(ConsulSettings.TLS_CA_PATH, each, Pem::certificates));
      }
    } else {
      return null;
    }
    KeyStore store = emptyStore();
    for (int number = 0; number < authorities.size(); number++) {
      store.setCertificateEntry("authority-" + number, authorities.get(number));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    return managers.getTrustManagers();
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(files::add);
    }
    if (files.isEmpty()) {
      throw new IOException("the folder is empty");
    }
    return files;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** Reads something out of a file. */
  private interface Reading<T> {
    T from(Path file) throws IOException, GeneralSecurityException;
  }

  private static <T> T read(Setting<Path> setting, Path file, Reading<T> reading)
      throws RejectedException {
    try {
      return reading.from(file);
    } catch (IOException unreadable) {
      throw RejectedException.because(setting, why(file, unreadable));
    } catch (GeneralSecurityException | RuntimeException unusable) {
      throw RejectedException.because(setting, file + " cannot be used: " + unusable.getMessage());
    }
  }

  /** Why a file could not be read, for a person. */
  static String why(Path file, IOException unreadable) {
    if (unreadable instanceof NoSuchFileException) {
      return file + " does not exist";
    }
    if (unreadable instanceof AccessDeniedException) {
      return file + " may not be read";
    }
    return file + " cannot be read: " + unreadable.getMessage();
  }

  /** A handshake over a connected socket. */
  SSLSocket over(Socket plain, Endpoint endpoint) throws IOException {
    String name = serverName != null ? serverName : endpoint.bareHost();
    SSLSocket socket = (SSLSocket) factory.createSocket(plain, name, endpoint.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    if (serverName != null && isName(serverName)) {
      parameters.setServerNames(List.of(new SNIHostName(serverName)));
    }
    if (verifies) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static boolean isName(String host) {
    return !host.matches("[0-9.]+|.*:.*");
  }
}
