package ballot.consul;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads certificates and keys as Consul's own programs write them. */
final class Pem {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /** {@code rsaEncryption} with its parameter NULL. */
  private static final byte[] RSA =
      bytes(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00);

  /** {@code id-ecPublicKey}; the curve follows. */
  private static final byte[] EC = bytes(0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01);

  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int PARAMETERS = 0xa0;

  private Pem() {}

  /** All certificates of a file; at least one. */
  static List<X509Certificate> certificates(Path file) throws IOException, CertificateException {
    List<X509Certificate> certificates = new ArrayList<>();
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    while (block.find()) {
      if (block.group(1).endsWith("CERTIFICATE")) {
        byte[] der = decode(block.group(2));
        certificates.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
      }
    }
    if (certificates.isEmpty()) {
      throw new CertificateException("it holds no certificate in PEM");
    }
    return certificates;
  }

  /** The first private key of a file. */
  static PrivateKey key(Path file, @Nullable String password)
      throws IOException, GeneralSecurityException {
    Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    while (block.find()) {
      switch (block.group(1)) {
        case "PRIVATE KEY" -> {
          return unwrapped(decode(block.group(2)));
        }
        case "ENCRYPTED PRIVATE KEY" -> {
          return unwrapped(decrypt(decode(block.group(2)), password));
        }
        case "RSA PRIVATE KEY" -> {
          return unwrapped(wrap(RSA, plain(block.group(2))));
        }
        case "EC PRIVATE KEY" -> {
          byte[] key = plain(block.group(2));
          return unwrapped(wrap(concat(EC, curve(key)), key));
        }
        default -> {}
      }
    }
    throw new InvalidKeySpecException("it holds no private key in PEM");
  }

  private static byte[] plain(String text) throws InvalidKeySpecException {
    if (text.contains("ENCRYPTED")) {
      throw new InvalidKeySpecException(
          "its encryption is of the old kind; convert it with: openssl pkcs8 -topk8");
    }
    return decode(text);
  }

  private static byte[] decode(String base64) {
    return Base64.getMimeDecoder().decode(base64);
  }

  private static byte[] decrypt(byte[] der, @Nullable String password)
      throws IOException, GeneralSecurityException {
    if (password == null) {
      throw new InvalidKeySpecException(
          "it is encrypted, and " + ConsulSettings.TLS_KEY_PASSWORD.name() + " is not set");
    }
    EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
    String algorithm =
        info.getAlgParameters() == null ? info.getAlgName() : info.getAlgParameters().toString();
    SecretKeyFactory factory = SecretKeyFactory.getInstance(algorithm);
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.DECRYPT_MODE,
        factory.generateSecret(new PBEKeySpec(password.toCharArray())),
        info.getAlgParameters());
    return info.getKeySpec(cipher).getEncoded();
  }

  private static PrivateKey unwrapped(byte[] pkcs8) throws GeneralSecurityException {
    for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException another) {
        // one of the others, or none
      }
    }
    throw new InvalidKeySpecException("its private key is none that is known: RSA, EC, EdDSA");
  }

  /** PKCS #8 around a key in the format of its own kind. */
  private static byte[] wrap(byte[] algorithm, byte[] key) {
    byte[] version = bytes(0x02, 0x01, 0x00);
    return element(
        SEQUENCE, concat(version, concat(element(SEQUENCE, algorithm), element(OCTETS, key))));
  }

  /** The identifier of the curve, out of a key as of RFC 5915. */
  private static byte[] curve(byte[] key) throws InvalidKeySpecException {
    int at = contentAt(key, 0);
    while (at < key.length) {
      int content = contentAt(key, at);
      int length = lengthAt(key, at);
      if ((key[at] & 0xff) == PARAMETERS) {
        return java.util.Arrays.copyOfRange(key, content, content + length);
      }
      at = content + length;
    }
    throw new InvalidKeySpecException("its private key does not name a curve");
  }

  private static int contentAt(byte[] der, int element) {
    int first = der[element + 1] & 0xff;
    return element + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private static int lengthAt(byte[] der, int element) {
    int first = der[element + 1] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int digit = 0; digit < (first & 0x7f); digit++) {
      length = (length << 8) | (der[element + 2 + digit] & 0xff);
    }
    return length;
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(tag);
    if (content.length < 0x80) {
      der.write(content.length);
    } else {
      der.write(0x82);
      der.write(content.length >> 8);
      der.write(content.length);
    }
    der.writeBytes(content);
    return der.toByteArray();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
