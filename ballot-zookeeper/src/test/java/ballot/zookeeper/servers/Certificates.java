package ballot.zookeeper.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Certificates made for one test, with the JDK's own tool: an authority, a certificate of a server
 * that it has signed, one of a client, and a stranger's.
 *
 * @param folder where they are
 * @param password of every store; on the process list of this machine it is seen for a moment, and
 *     worth nothing
 */
public record Certificates(Path folder, String password) {

  /** Makes them. The server's is for {@code localhost} and {@code 127.0.0.1}. */
  public static Certificates make(Path folder) throws IOException, InterruptedException {
    Certificates all = new Certificates(folder, "store-password");
    all.authority("authority");
    all.signed("server", "SAN=dns:localhost,ip:127.0.0.1");
    all.signed("elsewhere", "SAN=dns:elsewhere.invalid,ip:127.0.0.9");
    all.signed("client", "SAN=dns:client.invalid");
    all.authority("stranger");
    return all;
  }

  /** A PKCS12 store with a key and its certificate: server, elsewhere, client, stranger. */
  public Path keys(String name) {
    return folder.resolve(name + ".p12");
  }

  /** A PKCS12 store that trusts: authority, stranger. */
  public Path trust(String name) {
    return folder.resolve(name + "-trust.p12");
  }

  /** The certificate as text: authority, stranger. */
  public Path pem(String name) {
    return folder.resolve(name + ".pem");
  }

  private void authority(String name) throws IOException, InterruptedException {
    keytool("-genkeypair", name, "-dname", "CN=" + name, "-ext", "bc:c", "-validity", "2");
    keytool("-exportcert", name, "-rfc", "-file", pem(name).toString());
    run(
        List.of("-importcert", "-noprompt", "-alias", name, "-file", pem(name).toString()),
        trust(name));
  }

  private void signed(String name, String extension) throws IOException, InterruptedException {
    Path request = folder.resolve(name + ".csr");
    Path certificate = folder.resolve(name + ".crt");
    keytool("-genkeypair", name, "-dname", "CN=" + name, "-validity", "2");
    keytool("-certreq", name, "-file", request.toString());
    run(
        List.of(
            "-gencert",
            "-alias",
            "authority",
            "-rfc",
            "-infile",
            request.toString(),
            "-outfile",
            certificate.toString(),
            "-ext",
            extension),
        keys("authority"));
    run(
        List.of(
            "-importcert", "-noprompt", "-alias", "authority", "-file", pem("authority").toString()),
        keys(name));
    run(
        List.of("-importcert", "-noprompt", "-alias", name, "-file", certificate.toString()),
        keys(name));
  }

  private void keytool(String what, String name, String... more)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(what, "-alias", name));
    if (what.equals("-genkeypair")) {
      arguments.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    }
    arguments.addAll(List.of(more));
    run(arguments, keys(name));
  }

  private void run(List<String> arguments, Path store) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    line.addAll(arguments);
    line.addAll(
        List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", password));
    Process tool = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (tool.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", arguments) + ": " + said);
    }
  }

  /** A file in the folder, for whatever else a server needs. */
  public Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
