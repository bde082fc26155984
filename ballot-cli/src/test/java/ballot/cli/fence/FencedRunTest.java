package ballot.cli.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ballot.cli.process.ExitCode;
import ballot.cli.process.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fence and the state that its file may be in, with commands that run. */
final class FencedRunTest {

  @TempDir private Path folder;

  private static FenceRequest request(Path file, long token) {
    return new FenceRequest(
        file, token, Optional.of(Duration.ZERO), List.of("true"), Map.of("PATH", path()));
  }

  private static String path() {
    return System.getenv("PATH");
  }

  private int run(String file, long token) {
    return new FencedRun().run(request(folder.resolve(file), token));
  }

  private Refusal refused(Path file, long token) {
    return catchThrowableOfType(Refusal.class, () -> new FencedRun().run(request(file, token)));
  }

  @Test
  void remembers_the_highest_token_for_its_user_alone() throws IOException {
    assertThat(run("F", 3)).isZero();
    assertThat(run("F", 5)).isZero();
    assertThat(folder.resolve("F")).hasContent("5\n");
    for (String name : List.of("F", "F.lock")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .isEqualTo("rw-------");
    }
    assertThat(refused(folder.resolve("F"), 4).code()).isEqualTo(ExitCode.HELD);
    assertThat(folder.resolve("F")).hasContent("5\n");
  }

  @Test
  void every_number_that_a_store_can_give_is_remembered() {
    for (long token : List.of(0L, 1L, 1L << 33, Long.MAX_VALUE - 1, Long.MAX_VALUE)) {
      assertThat(run("F", token)).isZero();
      assertThat(folder.resolve("F")).hasContent(token + "\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "seven\n", "7 8\n", "7\n8\n", "-7\n", "99999999999999999999\n", "7\0"})
  void a_damaged_file_stops_everything_and_says_what_to_do(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("F"), content);
    Refusal refusal = refused(file, Long.MAX_VALUE);
    assertThat(refusal.code()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(refusal.line()).contains("damaged", "echo 7 > '" + file + "'");
    assertThat(file).hasContent(content);
  }

  @Test
  void what_a_crash_leaves_while_it_writes_is_in_nobodys_way() throws IOException {
    run("F", 3);
    Files.writeString(folder.resolve("F.next"), "99999");
    Files.writeString(folder.resolve("F.running"), "half a li");
    assertThat(run("F", 4)).isZero();
    assertThat(folder.resolve("F")).hasContent("4\n");
    assertThat(folder.resolve("F.next")).doesNotExist();
    assertThat(folder.resolve("F.running")).doesNotExist();
  }

  @Test
  void a_number_that_was_written_by_hand_counts() throws IOException {
    Files.writeString(folder.resolve("F"), "7");
    assertThat(refused(folder.resolve("F"), 6).code()).isEqualTo(ExitCode.HELD);
    assertThat(run("F", 7)).isZero();
  }

  @Test
  void all_names_of_a_file_are_one_fence() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("elsewhere/F"));
    assertThat(run("link", 7)).isZero();
    assertThat(folder.resolve("link")).isSymbolicLink();
    assertThat(elsewhere.resolve("F")).hasContent("7\n");
    assertThat(elsewhere.resolve("F.lock")).exists();
    assertThat(folder.resolve("link.lock")).doesNotExist();
    assertThat(refused(elsewhere.resolve("F"), 6).code()).isEqualTo(ExitCode.HELD);
  }

  @Test
  void refuses_what_cannot_be_a_fence() throws IOException {
    assertThat(refused(folder, 1).code()).isEqualTo(ExitCode.USAGE);
    assertThat(refused(Path.of("/dev/null"), 1).code()).isEqualTo(ExitCode.USAGE);
    Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
    assertThat(refused(folder.resolve("a"), 1).line()).contains("circle");
    Refusal unmounted = refused(folder.resolve("disk/F"), 1);
    assertThat(unmounted.code()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(unmounted.line()).contains("folder", "mount");
    assertThat(folder.resolve("disk")).doesNotExist();
    // Even root makes no files there.
    Refusal unwritable = refused(Path.of("/proc/fence"), 1);
    assertThat(unwritable.code()).isEqualTo(ExitCode.OUTPUT);
    assertThat(unwritable.line()).contains("/proc/fence");
  }

  @Test
  void refuses_a_folder_in_which_everybody_may_replace_it() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(refused(folder.resolve("F"), 1).line()).contains("chmod o-w");
    Files.setAttribute(folder, "unix:mode", 01777);
    assertThat(run("F", 1)).isZero();
  }

  @Test
  void does_not_follow_a_link_in_place_of_its_lock() throws IOException {
    Path innocent = Files.writeString(folder.resolve("innocent"), "text");
    Files.createSymbolicLink(folder.resolve("F.lock"), innocent);
    assertThat(refused(folder.resolve("F"), 1).code()).isEqualTo(ExitCode.OUTPUT);
    assertThat(innocent).hasContent("text");
  }

  @Test
  void a_lock_that_is_held_is_waited_for_as_long_as_told() throws IOException {
    run("F", 1);
    try (FileChannel holder =
        FileChannel.open(folder.resolve("F.lock"), StandardOpenOption.WRITE)) {
      var unused = holder.lock();
      Refusal refusal = refused(folder.resolve("F"), 2);
      assertThat(refusal.code()).isEqualTo(ExitCode.HELD);
      assertThat(refusal.line()).contains("--wait");
    }
    assertThat(folder.resolve("F")).hasContent("1\n");
    assertThat(run("F", 2)).isZero();
  }

  @Test
  void a_command_that_is_not_there_leaves_no_token() {
    FenceRequest request =
        new FenceRequest(
            folder.resolve("F"),
            7,
            Optional.empty(),
            List.of("no-such-command-of-ours"),
            Map.of("PATH", path()));
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> new FencedRun().run(request));
    assertThat(refusal.code()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(folder).isEmptyDirectory();
  }
}
