package ballot.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that count their processes apart, as containers do, and share a folder. */
class ContainersTest {

  @TempDir private Path dir;

  @Test
  void they_exclude_each_other_and_hold_off_where_they_cannot_look() throws Exception {
    try (Node inside = contained("inside");
        Node outside = Node.start(dir, "outside")) {
      long term = inside.wins("e").term();
      assertThat(outside.ask("ask e")).startsWith("refused held by inside@");
      assertThat(outside.ask("observe e"))
          .contains("id=inside", "cannot be seen here", "term=" + term);
      Path record = Path.of(inside.ask("record e"));
      Files.writeString(record, Files.readString(Path.of("/proc/self/stat")));
      outside.order("win e 20");

      inside.close();

      Node.Win win = outside.win();
      assertThat(win.term()).isGreaterThan(term);
      assertThat(win.holdOffMillis()).isBetween(1L, 1000L);
    }
  }

  @Test
  void who_gave_back_in_order_is_not_held_off_for() throws Exception {
    try (Node inside = contained("inside");
        Node outside = Node.start(dir, "outside")) {
      long term = outside.wins("e").term();
      inside.order("win e 20");
      outside.ask("resign e " + term);

      assertThat(inside.win().holdOffMillis()).isZero();
    }
  }

  private Node contained(String id) throws IOException {
    return Node.start(
        List.of("unshare", "--map-root-user", "--pid", "--fork", "--kill-child", "--mount-proc"),
        System.getProperty("java.class.path"),
        dir,
        id);
  }
}
