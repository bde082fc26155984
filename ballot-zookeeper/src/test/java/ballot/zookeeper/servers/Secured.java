package ballot.zookeeper.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Servers that let in only those who prove who they are. */
public final class Secured {

  private Secured() {}

  /**
   * Speaks TLS at {@link Server#secureAddress}, and shows that certificate.
   *
   * @param asksForClient whether clients need a certificate of the authority as well
   */
  public static ServerOptions tls(Certificates certificates, String shown, boolean asksForClient) {
    String password = Certificates.PASSWORD;
    return ServerOptions.usual()
        .property(
            "zookeeper.serverCnxnFactory", "org.apache.zookeeper.server.NettyServerCnxnFactory")
        .secureAt(Ports.free(1).getFirst())
        .line("ssl.keyStore.location=" + certificates.keys(shown))
        .line("ssl.keyStore.password=" + password)
        .line("ssl.keyStore.type=PKCS12")
        .line("ssl.trustStore.location=" + certificates.trust("authority"))
        .line("ssl.trustStore.password=" + password)
        .line("ssl.trustStore.type=PKCS12")
        .line("ssl.clientAuth=" + (asksForClient ? "need" : "none"));
  }

  /** Lets in only that user of DIGEST-MD5. */
  public static ServerOptions sasl(Path folder, String user, String password) throws IOException {
    Path jaas = folder.resolve("server-jaas.conf");
    Files.writeString(
        jaas,
        """
        Server {
          org.apache.zookeeper.server.auth.DigestLoginModule required
          user_%s="%s";
        };
        """
            .formatted(user, password));
    return ServerOptions.usual()
        .property("java.security.auth.login.config", jaas)
        .line("authProvider.1=org.apache.zookeeper.server.auth.SASLAuthenticationProvider")
        .line("sessionRequireClientSASLAuth=true");
  }
}
