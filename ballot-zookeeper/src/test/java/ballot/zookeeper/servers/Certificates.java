package ballot.zookeeper.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Certificates made for one test: an authority, what it has signed for a server, for a server of
 * another name and for a client, and a stranger's.
 *
 * @param folder where they are
 */
public record Certificates(Path folder) {

  /** Of every store; worth nothing. */
  public static final String PASSWORD = "store-password";

  /** Makes them. The server's is for {@code localhost} and {@code 127.0.0.1}. */
  public static Certificates make(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    Certificates all = new Certificates(folder);
    all.authority("authority");
    all.authority("stranger");
    all.signed("server", "DNS:localhost,IP:127.0.0.1");
    all.signed("elsewhere", "DNS:elsewhere.invalid,IP:127.0.0.9");
    all.signed("client", "DNS:client.invalid");
    return all;
  }

  /** A PKCS12 store with a key and its certificate: server, elsewhere, client. */
  public Path keys(String name) {
    return folder.resolve(name + ".p12");
  }

  /** A PEM file with a key and its certificate: server, elsewhere, client. */
  public Path keysAsText(String name) {
    return folder.resolve(name + "-both.pem");
  }

  /** A PKCS12 store that trusts: authority, stranger. */
  public Path trust(String name) {
    return folder.resolve(name + "-trust.p12");
  }

  /** The certificate as text: authority, stranger. */
  public Path pem(String name) {
    return folder.resolve(name + ".pem");
  }

  private Path key(String name) {
    return folder.resolve(name + ".key");
  }

  private void authority(String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    List<String> line = new ArrayList<>(List.of("req", "-x509", "-days", "2"));
    line.addAll(newKey(name));
    line.addAll(List.of("-out", pem(name).toString()));
    openssl(line);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(pem(name));
        OutputStream out = Files.newOutputStream(trust(name))) {
      Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
      store.setCertificateEntry(name, certificate);
      store.store(out, PASSWORD.toCharArray());
    }
  }

  private static List<String> subject(String name) {
    return List.of("-subj", "/CN=" + name);
  }

  private List<String> newKey(String name) {
    List<String> options = new ArrayList<>(subject(name));
    options.addAll(List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"));
    options.addAll(List.of("-keyout", key(name).toString()));
    return options;
  }

  private void signed(String name, String names) throws IOException, InterruptedException {
    String request = folder.resolve(name + ".csr").toString();
    Path extensions = Files.writeString(folder.resolve(name + ".ext"), "subjectAltName=" + names);
    String authority = pem("authority").toString();
    List<String> line = new ArrayList<>(List.of("req", "-out", request));
    line.addAll(newKey(name));
    openssl(line);
    line = new ArrayList<>(List.of("x509", "-req", "-days", "2", "-in", request));
    line.addAll(List.of("-CA", authority, "-CAkey", key("authority").toString()));
    line.addAll(List.of("-CAcreateserial", "-extfile", extensions.toString()));
    line.addAll(List.of("-out", pem(name).toString()));
    openssl(line);
    line = new ArrayList<>(List.of("pkcs12", "-export", "-name", name, "-certfile", authority));
    line.addAll(List.of("-in", pem(name).toString(), "-inkey", key(name).toString()));
    line.addAll(List.of("-passout", "pass:" + PASSWORD, "-out", keys(name).toString()));
    openssl(line);
    Files.writeString(keysAsText(name), Files.readString(key(name)) + Files.readString(pem(name)));
  }

  private static void openssl(List<String> arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("openssl"));
    line.addAll(arguments);
    Process tool = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (tool.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", line) + ": " + said);
    }
  }
}
