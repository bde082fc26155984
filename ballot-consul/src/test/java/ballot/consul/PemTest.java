package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of every kind that are met; elliptic ones as Consul writes them are in {@link WireTest}. */
class PemTest {

  @TempDir private Path dir;

  private static PrivateKey made(String algorithm) throws GeneralSecurityException {
    return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
  }

  private Path file(String kind, byte[] der) throws Exception {
    String text =
        "a comment\n-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(der), kind);
    return Files.writeString(dir.resolve("key.pem"), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void reads_a_plain_key(String algorithm) throws Exception {
    PrivateKey key = made(algorithm);

    assertThat(Pem.key(file("PRIVATE KEY", key.getEncoded()), null)).isEqualTo(key);
  }

  @Test
  void reads_an_rsa_key_in_its_own_format() throws Exception {
    PrivateKey key = made("RSA");
    byte[] wrapped = key.getEncoded();
    // Sequence, version, algorithm and the head of the octets, each of known length.
    byte[] own = Arrays.copyOfRange(wrapped, 26, wrapped.length);

    assertThat(Pem.key(file("RSA PRIVATE KEY", own), null)).isEqualTo(key);
  }

  @Test
  void reads_an_encrypted_key_with_its_password() throws Exception {
    PrivateKey key = made("EC");
    Path file = file("ENCRYPTED PRIVATE KEY", encrypted(key, "open sesame"));

    assertThat(Pem.key(file, "open sesame")).isEqualTo(key);
    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(() -> Pem.key(file, "another"));
    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(() -> Pem.key(file, null))
        .withMessageContaining("consul.tls-key-password");
  }

  private static byte[] encrypted(PrivateKey key, String password) throws Exception {
    String algorithm = "PBEWithHmacSHA256AndAES_256";
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(password.toCharArray())));
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
    parameters.init(cipher.getParameters().getEncoded());
    return new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(key.getEncoded())).getEncoded();
  }

  @Test
  void says_why_a_file_is_of_no_use() throws Exception {
    Path nothing = Files.writeString(dir.resolve("nothing"), "nothing");
    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(() -> Pem.key(nothing, null))
        .withMessageContaining("no private key");
    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(() -> Pem.certificates(nothing))
        .withMessageContaining("no certificate");
    Path old =
        Files.writeString(
            dir.resolve("old"),
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n"
                + "-----END RSA PRIVATE KEY-----\n");
    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(() -> Pem.key(old, "x"))
        .withMessageContaining("openssl pkcs8");
  }
}
