package ballot.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file whose opening hangs in the kernel, as on a disk that does not answer: another process has
 * a lease on it and does not give it up. (The kernel takes it away after 45 seconds.)
 */
final class HangingFile implements AutoCloseable {

  private static final String LEASE =
      """
      $SIG{IO} = 'IGNORE';
      open(FILE, '+<', $ARGV[0]) or die "open: $!";
      fcntl(FILE, 1024, 1) or die "lease: $!";
      $| = 1;
      print "leased\\n";
      <STDIN>;
      """;

  private final Process holder;

  private HangingFile(Process holder) {
    this.holder = holder;
  }

  static HangingFile of(Path file) throws IOException {
    Process holder =
        new ProcessBuilder("perl", "-e", LEASE, file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = holder.inputReader()) {
      assertThat(said.readLine()).isEqualTo("leased");
    }
    return new HangingFile(holder);
  }

  boolean isHanging() {
    return holder.isAlive();
  }

  @Override
  public void close() {
    holder.destroyForcibly();
  }
}
