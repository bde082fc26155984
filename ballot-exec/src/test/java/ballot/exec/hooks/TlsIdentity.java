package ballot.exec.hooks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server's key and its self-signed certificate, made by the JDK's keytool. */
final class TlsIdentity {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path store;
  private final Path certificate;

  private TlsIdentity(Path store, Path certificate) {
    this.store = store;
    this.certificate = certificate;
  }

  /** Made for one name, such as {@code dns:localhost} or {@code ip:127.0.0.1}. */
  static TlsIdentity of(Path folder, String name) throws IOException, InterruptedException {
    String file = name.replaceAll("[^a-z0-9]", "-");
    TlsIdentity identity =
        new TlsIdentity(folder.resolve(file + ".p12"), folder.resolve(file + ".pem"));
    String store = identity.store.toString();
    keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-dname",
        "CN=test",
        "-ext",
        "san=" + name,
        "-validity",
        "2",
        "-keystore",
        store,
        "-storepass",
        "changeit");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "server",
        "-file",
        identity.certificate.toString(),
        "-keystore",
        store,
        "-storepass",
        "changeit");
    return identity;
  }

  /** Where the certificate is, in PEM. */
  String certificate() {
    return certificate.toString();
  }

  SSLContext context() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    String[] words = new String[arguments.length + 1];
    words[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    Process keytool = new ProcessBuilder(words).redirectErrorStream(true).start();
    byte[] said = keytool.getInputStream().readAllBytes();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + new String(said));
    }
  }
}
