package ballot.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ballot.api.ElectionName;
import ballot.api.RejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counter of terms never goes back, whatever becomes of the file. */
class TermFileTest {

  private static final String BOOT = "01234567-89ab-cdef-0123-456789abcdef";

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
  void what_the_disk_forgot_in_a_crash_is_not_given_out_again() throws Exception {
    next();
    byte[] onTheDisk = Files.readAllBytes(file());
    long last = 0;
    for (int term = 0; term < 250; term++) {
      long permitted = counter(BOOT).read().orElseThrow().permitted();
      last = next();
      if (last > permitted) {
        onTheDisk = Files.readAllBytes(file()); // this one it waited for
      }
      byte[] now = Files.readAllBytes(file());
      Files.write(file(), onTheDisk);

      TermFile afterTheCrash = counter("11111111-2222-3333-4444-555555555555");
      assertThat(afterTheCrash.read().orElseThrow().highest()).isGreaterThanOrEqualTo(last);
      Files.write(file(), now);
    }
    assertThat(last).isEqualTo(251);
  }

  @Test
  void in_another_run_of_the_machine_it_counts_on() throws Exception {
    next();
    next();
    String other = "11111111-2222-3333-4444-555555555555";

    long first = counter(other).next(counter(other).read(), 1).number();
    long second = counter(other).next(counter(other).read(), 1).number();

    assertThat(first).isEqualTo(102);
    assertThat(second).isEqualTo(103);
  }

  @Test
  void a_file_that_permits_nothing_yet_counts() throws Exception {
    next();
    next();
    Files.write(file(), Arrays.copyOf(Files.readAllBytes(file()), 120));

    assertThat(next()).isEqualTo(3);
    assertThat(counter(BOOT).read().orElseThrow().permitted()).isEqualTo(103);
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
    return counter(BOOT);
  }

  private TermFile counter(String boot) {
    return new TermFile(
        new OpenFolder(new ElectionFolder(dir, new ElectionName("e")), Sharing.PRIVATE), boot);
  }

  private Path file() {
    return dir.resolve("term");
  }
}
