package ballot.local;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.testkit.Await;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One folder and several users. Needs root, to run as two of them. */
class SharingTest {

  private static final int NOBODY = 65534;
  private static final int DAEMON = 1;

  @TempDir private Path dir;
  private String program = "";

  @BeforeEach
  void everybodyFindsTheFolderAndTheProgram() throws IOException {
    assertThat(Self.isRoot()).as("these tests run as root, to act as other users").isTrue();
    mode(dir, 0755);
    program = program(mode(Files.createDirectory(dir.resolve("program")), 0755));
  }

  @Test
  void a_folder_of_ones_own_is_closed_to_others() throws Exception {
    Path mine = dir.resolve("mine");
    try (Node owner = Node.start(mine, "owner");
        Node other = as(NOBODY, NOBODY, mine)) {
      owner.ask("write e " + owner.wins("e").term() + " text");

      assertThat(Sharing.modeOf(mine)).isEqualTo(0700);
      assertThat(modesIn(mine)).isNotEmpty();
      modesIn(mine).forEach((file, mode) -> assertThat(mode & 0077).as(file.toString()).isZero());
      assertThat(other.ask("ask e")).startsWith("RejectedException ").contains("belongs to root");
    }
  }

  @Test
  void a_folder_that_belongs_to_another_user_is_refused_with_what_to_do() throws Exception {
    Path theirs = folder("theirs", NOBODY, NOBODY, 0755);
    try (Node root = Node.start(theirs, "root")) {
      assertThat(root.ask("ask e"))
          .startsWith("RejectedException ")
          .contains("belongs to nobody", "2770", "1777");
      assertThat(theirs).isEmptyDirectory();
    }
  }

  @Test
  void users_of_one_group_meet_in_a_folder_of_the_group() throws Exception {
    Path shared = folder("shared", 0, NOBODY, 02770);
    try (Node one = as(DAEMON, NOBODY, shared);
        Node two = as(NOBODY, NOBODY, shared);
        Node stranger = as(NOBODY, DAEMON, shared)) {
      takeTurns(one, two);

      assertThat(modesIn(shared)).isNotEmpty();
      modesIn(shared).forEach((file, mode) -> assertThat(mode & 0007).as(file.toString()).isZero());
      assertThat(stranger.ask("ask e")).startsWith("RejectedException ").contains("permission");
    }
  }

  @Test
  void all_users_meet_in_a_folder_for_everybody() throws Exception {
    Path shared = folder("shared", 0, 0, 01777);
    try (Node one = as(DAEMON, DAEMON, shared);
        Node two = as(NOBODY, NOBODY, shared)) {
      takeTurns(one, two);
    }
  }

  @Test
  void root_stays_out_of_what_another_made_in_a_folder_for_everybody() throws Exception {
    Path shared = folder("shared", 0, 0, 01777);
    try (Node other = as(NOBODY, NOBODY, shared);
        Node root = Node.start(shared, "root")) {
      other.wins("e");

      assertThat(root.ask("ask e")).startsWith("RejectedException ").contains("chown root");
      root.wins("of-root");
      assertThat(other.ask("ask of-root")).startsWith("refused held by root@");
    }
  }

  @Test
  void a_folder_that_leads_elsewhere_is_refused_where_everybody_may_make_one() throws Exception {
    Path shared = folder("shared", 0, 0, 01777);
    Path elsewhere = folder("elsewhere", NOBODY, NOBODY, 0755);
    Files.createSymbolicLink(shared.resolve("e"), elsewhere);
    try (Node root = Node.start(shared, "root")) {
      assertThat(root.ask("ask e")).startsWith("RejectedException ").contains("not a folder");
      assertThat(elsewhere).isEmptyDirectory();
    }
  }

  @Test
  void a_folder_in_which_everybody_may_replace_everything_is_refused() throws Exception {
    Path open = folder("open", 0, 0, 0777);
    try (Node node = Node.start(open, "node")) {
      assertThat(node.ask("ask e"))
          .startsWith("RejectedException ")
          .contains("everybody may replace");
    }
  }

  @Test
  void a_forged_record_makes_nobody_kill_another_users_process() throws Exception {
    Path shared = folder("shared", 0, NOBODY, 02770);
    try (Node forger = as(NOBODY, NOBODY, shared);
        Node next = as(DAEMON, NOBODY, shared, "root");
        Work victim = Work.ofSomebodyElse("sleep 1001; :").has(2)) {
      forger.wins("e");
      assertThat(next.ask("ask e")).startsWith("refused");
      ProcessStat first = ProcessTable.living(victim.session()).orElseThrow();
      Path record = Path.of(forger.ask("record e"));
      Files.writeString(record, Files.readString(Path.of("/proc/" + first.pid() + "/stat")));
      assertThat(Sharing.ownerOf(record)).isEqualTo(NOBODY);
      forger.kill();

      Await.until(
          "it says whose the process is not",
          Duration.ofSeconds(20),
          () -> next.ask("ask e").contains("no permission to kill"));
      assertThat(victim.living()).contains(first);
      victim.kill();
      next.wins("e");
    }
  }

  private static void takeTurns(Node one, Node two) throws IOException {
    long term = one.wins("e").term();
    assertThat(two.ask("ask e")).startsWith("refused held by");
    assertThat(two.ask("observe e")).contains("term=" + term);
    takesNote(one, term, two);
    two.order("win e 20");
    one.ask("resign e " + term);
    long next = two.win().term();
    assertThat(next).isGreaterThan(term);
    takesNote(two, next, one);
    one.order("win e 20");
    two.ask("resign e " + next);
    long last = one.win().term();
    assertThat(last).isGreaterThan(next);
    takesNote(one, last, two);
  }

  private static void takesNote(Node leader, long term, Node other) throws IOException {
    assertThat(leader.ask("write e " + term + " of-term-" + term)).startsWith("written");
    assertThat(other.ask("read e")).isEqualTo("stands: of-term-" + term);
    assertThat(other.ask("write e " + term + " mine")).startsWith("leads not");
  }

  private Node as(int user, int group, Path folder) throws IOException {
    return as(user, group, folder, "user-" + user + "-" + group);
  }

  private Node as(int user, int group, Path folder, String id) throws IOException {
    return Node.start(
        List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups"),
        program,
        folder,
        id);
  }

  /** Copies our classes to where every user can read them. */
  private static String program(Path to) throws IOException {
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path from = Path.of(entry);
      if (entry.contains("ballot-")) {
        Path copy = to.resolve(copies.size() + "-" + from.getFileName());
        copyAll(from, copy);
        copies.add(copy.toString());
      }
    }
    return String.join(File.pathSeparator, copies);
  }

  private static void copyAll(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
        mode(copy, Files.isDirectory(copy) ? 0755 : 0644);
      }
    }
  }

  private Path folder(String name, int user, int group, int mode) throws IOException {
    Path folder = Files.createDirectory(dir.resolve(name));
    Files.setAttribute(folder, "unix:uid", user);
    Files.setAttribute(folder, "unix:gid", group);
    return mode(folder, mode);
  }

  private static Path mode(Path path, int mode) throws IOException {
    Files.setAttribute(path, "unix:mode", mode);
    return path;
  }

  /**
   * The modes of everything in a folder that candidates work in: what goes meanwhile is left out.
   */
  private static Map<Path, Integer> modesIn(Path folder) throws IOException {
    Map<Path, Integer> modes = new LinkedHashMap<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            return dir.equals(folder) ? FileVisitResult.CONTINUE : visitFile(dir, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            try {
              modes.put(file, Sharing.modeOf(file));
            } catch (NoSuchFileException gone) {
              // of no interest any more
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    return modes;
  }
}
