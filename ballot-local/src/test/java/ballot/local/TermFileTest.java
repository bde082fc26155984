package ballot.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ballot.api.ElectionName;
import ballot.api.RejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counter of terms never goes back, whatever becomes of the file. */
class TermFileTest {

  @TempDir private Path dir;

  @Test
  void it_begins_at_one_and_counts() throws Exception {
    assertThat(next()).isEqualTo(1);
    assertThat(next()).isEqualTo(2);
    assertThat(next()).isEqualTo(3);
  }

  @Test
  void it_remembers_on_which_lock_the_last_term_was_won() throws Exception {
    counter().next(counter().read(), 4711);

    assertThat(counter().read().orElseThrow().lock()).isEqualTo(4711);
  }

  @Test
  void it_does_not_grow() throws Exception {
    next();
    long size = Files.size(file());
    for (int term = 0; term < 50; term++) {
      next();
    }

    assertThat(Files.size(file())).isEqualTo(size);
  }

  @Test
  void wherever_a_line_is_torn_no_term_is_given_out_twice() throws Exception {
    for (int begin = 0; begin < 5; begin++) {
      next();
    }
    byte[] whole = Files.readAllBytes(file());
    for (int at = 0; at < whole.length; at++) {
      for (byte garbage : new byte[] {0, '7', '\n'}) {
        if (whole[at] != garbage) {
          byte[] torn = whole.clone();
          torn[at] = garbage;
          Files.write(file(), torn);

          assertThat(next()).as("torn at %d", at).isGreaterThan(5);
          assertThat(next()).as("torn at %d", at).isGreaterThan(6);
        }
      }
    }
  }

  @Test
  void a_number_written_by_hand_counts() throws Exception {
    Files.writeString(file(), "41\n");

    assertThat(next()).isEqualTo(42);
    assertThat(next()).isEqualTo(43);
  }

  @Test
  void what_holds_no_number_is_refused() throws IOException {
    for (String content : new String[] {"", "\n", "0\n", "-5\n", "1e3", "{}", "\0".repeat(120)}) {
      Files.writeString(file(), content);

      assertThatExceptionOfType(RejectedException.class)
          .isThrownBy(this::next)
          .withMessageContainingAll(file().toString(), "must not start over", "echo");
      assertThat(file()).hasContent(content);
    }
  }

  private long next() throws IOException, RejectedException {
    TermFile counter = counter();
    return counter.next(counter.read(), 1).number();
  }

  private TermFile counter() {
    return new TermFile(
        new OpenFolder(new ElectionFolder(dir, new ElectionName("e")), Sharing.PRIVATE));
  }

  private Path file() {
    return dir.resolve("term");
  }
}
