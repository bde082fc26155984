package ballot.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables fit the width that they are given. */
final class TableTest {

  @Test
  void columns_are_as_wide_as_they_need_and_the_last_one_goes_on_below() {
    Table table = new Table(40, "ID", "NOTES");
    table.add("one", "is leader; last heartbeat 2.2s ago; possibly resigning");
    table.add("two", "");
    assertThat(table.lines())
        .containsExactly(
            "ID   NOTES",
            "one  is leader; last heartbeat 2.2s ago;",
            "     possibly resigning",
            "two");
  }

  @Test
  void no_line_is_wider_than_the_page_however_long_the_words() {
    String word = "x".repeat(300);
    Table table = new Table(80, " ", "ID", "HOST", "PID", "NOTES");
    table.add("*", word, word, "1", word + " " + word);
    List<String> lines = table.lines();
    assertThat(lines).allMatch(line -> line.length() <= 80).anyMatch(line -> line.contains("…"));
  }
}
