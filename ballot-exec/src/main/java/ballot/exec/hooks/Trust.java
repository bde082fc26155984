package ballot.exec.hooks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom hooks trust: those of the JDK, or those in the PEM file that {@code SSL_CERT_FILE} names.
 */
final class Trust {

  /** The variable that curl, OpenSSL and Go programs know. */
  private static final String FILE = "SSL_CERT_FILE";

  private Trust() {}

  /**
   * Makes what connections by TLS are made with.
   *
   * @throws IllegalArgumentException if the file cannot be used
   */
  static SSLSocketFactory of(Map<String, String> environment) {
    @Nullable String file = environment.get(FILE);
    try {
      return file == null || file.isBlank()
          ? SSLContext.getDefault().getSocketFactory()
          : context(Path.of(file)).getSocketFactory();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
      throw new IllegalArgumentException(
          file == null
              ? "no TLS in this JDK: " + Outcomes.reason(unusable)
              : "%s %s cannot be used: %s".formatted(FILE, file, Outcomes.reason(unusable)),
          unusable);
    }
  }

  private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("trusted-" + number++, each);
      }
      if (number == 0) {
        throw new IOException("there is no certificate in it");
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
