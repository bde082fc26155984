package ballot.cli.settings.file;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.cli.process.Surroundings;
import ballot.cli.process.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file in the working folder can name commands to run, and anybody can put one into a shared
 * folder: one that belongs to a stranger is not read.
 */
final class StrangersFileTest {

  private static final int ROOT = 0;
  private static final int SELF = 1000;
  private static final int STRANGER = 1001;

  @TempDir private Path folder;
  private Path file;
  private int owner;
  private int ownerOfLink;

  @BeforeEach
  void writeFile() throws IOException {
    file = Files.writeString(folder.resolve("ballot.yaml"), "backend: local\n");
  }

  private FileSearch search() {
    Surroundings here =
        new Surroundings(
            Map.of(),
            folder,
            folder.resolve("home"),
            folder.resolve("etc"),
            List.of(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            Terminal.NONE);
    return new FileSearch(here, this::ownerOf);
  }

  private int ownerOf(Path path, LinkOption... options) {
    if (!path.equals(file)) {
      return SELF;
    }
    return Arrays.asList(options).contains(LinkOption.NOFOLLOW_LINKS) ? ownerOfLink : owner;
  }

  @Test
  void is_read_when_it_is_ours_or_roots() {
    for (int trusted : List.of(ROOT, SELF)) {
      owner = trusted;
      ownerOfLink = trusted;
      FileSearch search = search();
      assertThat(search.first()).isPresent();
      assertThat(search.warnings()).isEmpty();
    }
  }

  @Test
  void is_passed_over_with_a_warning_when_it_is_a_strangers() {
    owner = STRANGER;
    ownerOfLink = STRANGER;
    FileSearch search = search();
    assertThat(search.first()).isEmpty();
    assertThat(search.warnings())
        .singleElement()
        .asString()
        .contains(file.toString(), "neither to you nor to root", "--config");
  }

  @Test
  void is_passed_over_when_a_strangers_link_leads_to_a_file_of_ours_or_the_other_way_round() {
    owner = SELF;
    ownerOfLink = STRANGER;
    assertThat(search().first()).isEmpty();
    owner = STRANGER;
    ownerOfLink = SELF;
    assertThat(search().first()).isEmpty();
  }

  @Test
  void is_read_whoever_it_belongs_to_when_it_is_named() {
    owner = STRANGER;
    ownerOfLink = STRANGER;
    SettingsFile named =
        search().named(Path.of("ballot.yaml"), "--config", ballot.cli.process.ExitCode.USAGE);
    assertThat(named.path()).isEqualTo(file);
  }

  @Test
  void the_real_owner_of_our_own_file_is_trusted() {
    Surroundings here =
        new Surroundings(
            Map.of(),
            folder,
            folder.resolve("home"),
            folder.resolve("etc"),
            List.of(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            Terminal.NONE);
    assertThat(new FileSearch(here).first()).isPresent();
  }
}
