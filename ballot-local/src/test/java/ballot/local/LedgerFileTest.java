package ballot.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ballot.api.ElectionName;
import ballot.api.Ledger;
import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt.Overtaken;
import ballot.api.Ledger.Receipt.Written;
import ballot.api.RejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a ledger shows the last page, whatever stops a writer. */
class LedgerFileTest {

  private static final String LONG = "x".repeat(Ledger.LONGEST);

  @TempDir private Path dir;

  @Test
  void pages_follow_one_another_in_a_file_that_does_not_grow() throws Exception {
    Page last = Page.BLANK;
    for (int page = 0; page < 20; page++) {
      last = writes(last, page % 3 == 0 ? LONG : "page " + page);

      assertThat(ledger().read()).isEqualTo(last);
    }

    assertThat(Files.size(file())).isLessThanOrEqualTo(2L * LedgerSlots.SIZE);
    assertThat(Sharing.modeOf(file())).isEqualTo(0600);
    assertThat(dir).isDirectoryNotContaining(path -> !path.equals(file()));
  }

  @Test
  void wherever_a_page_is_torn_the_one_before_is_the_last() throws Exception {
    for (int pages = 1; pages <= 2; pages++) {
      Page before = writes(ledger().read(), "before");
      Page torn = writes(before, "the page that is torn");
      byte[] whole = Files.readAllBytes(file());
      int start = new LedgerSlots(whole).isFirstNext() ? LedgerSlots.SIZE : 0;
      for (int at = start; at < start + LedgerSlots.bytes(torn).length; at++) {
        for (byte garbage : new byte[] {0, '7', '\n'}) {
          if (whole[at] != garbage) {
            byte[] bytes = whole.clone();
            bytes[at] = garbage;
            Files.write(file(), bytes);

            assertThat(ledger().read()).as("torn at %d", at).isEqualTo(before);
            if (at == start) {
              assertThat(writes(before, "next")).isEqualTo(ledger().read());
            }
          }
        }
      }
      Files.write(file(), whole);
      writes(torn, "so that the other place is next");
    }
  }

  @Test
  void a_second_page_of_which_the_end_is_missing_does_not_count() throws Exception {
    Page first = writes(Page.BLANK, "first");
    writes(first, "second");
    byte[] whole = Files.readAllBytes(file());

    for (int length = whole.length - 1; length > LedgerSlots.SIZE; length--) {
      Files.write(file(), Arrays.copyOf(whole, length));

      assertThat(ledger().read()).isEqualTo(first);
    }
    writes(first, "second again");
  }

  @Test
  void who_reads_beside_a_writer_sees_whole_pages_and_never_an_old_one() throws Exception {
    AtomicReference<Page> answered = new AtomicReference<>(writes(Page.BLANK, LONG));
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<?> writing =
          thread.submit(
              () -> {
                for (int page = 0; page < 300; page++) {
                  String text = Integer.toString(page % 10).repeat(Ledger.LONGEST - page);
                  answered.set(writes(answered.get(), text));
                }
                return null;
              });
      do {
        Page atLeast = answered.get();

        Page page = ledger().read();

        assertThat(page.version()).isGreaterThanOrEqualTo(atLeast.version());
        assertThat(page.text().chars().distinct().count()).isEqualTo(1);
      } while (!writing.isDone());
      writing.get();
    }
  }

  @Test
  void who_found_the_last_page_but_two_beside_one_that_is_being_written_looks_again()
      throws Exception {
    byte[] between = bothPages("page 6", 6, "torn", 7);
    between[LedgerSlots.SIZE] = '?';
    byte[] late = bothPages("page 4", 4, "torn", 7);
    late[LedgerSlots.SIZE] = '?';
    Iterator<byte[]> looks = List.of(late, between, bothPages("page 6", 6, "page 7", 7)).iterator();

    assertThat(LedgerSlots.settled(looks::next).last()).contains(new Page("page 7", 7));
  }

  private static byte[] bothPages(String first, long version, String second, long next) {
    byte[] end = LedgerSlots.bytes(new Page(second, next));
    byte[] both =
        Arrays.copyOf(LedgerSlots.bytes(new Page(first, version)), LedgerSlots.SIZE + end.length);
    System.arraycopy(end, 0, both, LedgerSlots.SIZE, end.length);
    return both;
  }

  @Test
  void a_ledger_that_was_removed_begins_anew_with_pages_of_its_own() throws Exception {
    Page first = writes(Page.BLANK, "first");
    Files.delete(file());

    assertThat(ledger().read()).isEqualTo(Page.BLANK);
    assertThat(ledger().write(open(), first, "second")).isEqualTo(new Overtaken());
    assertThat(writes(Page.BLANK, "first").version()).isNotEqualTo(first.version());
  }

  @Test
  void what_cannot_be_read_is_refused_with_what_to_do_and_left_alone() throws Exception {
    for (String content :
        new String[] {"", "\n", "{}", "0000000000000000001 00002 00000000\nab", "\0".repeat(99)}) {
      Files.writeString(file(), content);

      isRefused(() -> ledger().read());
      isRefused(() -> writes(Page.BLANK, "text"));
      assertThat(file()).hasContent(content);
    }
  }

  @Test
  void what_is_no_file_is_refused_and_does_not_hang() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", file().toString()).start().waitFor()).isZero();
    isRefused(() -> ledger().read());
    Files.delete(file());
    Path elsewhere = Files.createFile(dir.resolve("elsewhere"));
    Files.createSymbolicLink(file(), elsewhere);

    isRefused(() -> ledger().read());
    isRefused(() -> writes(Page.BLANK, "text"));
    assertThat(elsewhere).isEmptyFile();
  }

  private void isRefused(ThrowingCallable attempt) {
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(attempt)
        .withMessageContainingAll(file().toString(), "remove the file");
  }

  private Page writes(Page before, String text) throws IOException, RejectedException {
    return ((Written) ledger().write(open(), before, text)).page();
  }

  private OpenFolder open() {
    return new OpenFolder(new ElectionFolder(dir, new ElectionName("e")), Sharing.PRIVATE);
  }

  private LedgerFile ledger() {
    return new LedgerFile(file());
  }

  private Path file() {
    return open().folder().ledger("runs");
  }
}
