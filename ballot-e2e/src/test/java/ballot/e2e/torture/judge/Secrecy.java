package ballot.e2e.torture.judge;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Whether a secret that candidates were given is anywhere but in their environment. */
public final class Secrecy {

  private final byte[] secret;
  private final Docket docket;

  /** Looks for this. */
  public Secrecy(String secret, Docket docket) {
    this.secret = secret.getBytes(StandardCharsets.US_ASCII);
    this.docket = docket;
  }

  /** Looks at the words of every process, and at the environment of these. */
  public void lookAtProcesses(List<Long> commands) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      all.forEach(process -> files.add(process.resolve("cmdline")));
    }
    commands.forEach(pid -> files.add(Path.of("/proc", Long.toString(pid), "environ")));
    for (Path file : files) {
      try {
        if (contains(Files.readAllBytes(file))) {
          docket.note("I10", "the secret is in " + file);
        }
      } catch (IOException gone) {
        // so is what it could have told
      }
    }
  }

  /**
   * Looks at every file below a folder, but not into folders named data, which only servers and
   * agents of the store have: Consul keeps the token of whoever wrote in its log, and that of
   * whoever registered beside the registration, so a token is there however well ballot keeps it.
   * Logs of servers and agents are looked at: what ballot puts into an address would stand there.
   */
  public void lookAtFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Secrecy::isOurs).toList()) {
        if (contains(file)) {
          docket.note("I10", "the secret is in " + file);
        }
      }
    }
  }

  private static boolean isOurs(Path file) {
    return Files.isRegularFile(file)
        && StreamSupport.stream(file.spliterator(), false).noneMatch(each -> each.endsWith("data"));
  }

  private boolean contains(Path file) throws IOException {
    byte[] window = new byte[1 << 20];
    int kept = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      for (int read = in.read(window, kept, window.length - kept);
          read > 0;
          read = in.read(window, kept, window.length - kept)) {
        int filled = kept + read;
        if (contains(window, filled)) {
          return true;
        }
        kept = Math.min(filled, secret.length - 1);
        System.arraycopy(window, filled - kept, window, 0, kept);
      }
    }
    return false;
  }

  private boolean contains(byte[] bytes) {
    return contains(bytes, bytes.length);
  }

  private boolean contains(byte[] bytes, int length) {
    for (int at = 0; at <= length - secret.length; at++) {
      int same = 0;
      while (same < secret.length && bytes[at + same] == secret[same]) {
        same++;
      }
      if (same == secret.length) {
        return true;
      }
    }
    return false;
  }
}
