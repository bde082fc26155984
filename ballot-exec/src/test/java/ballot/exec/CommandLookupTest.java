package ballot.exec;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.exec.CommandLookup.Found;
import ballot.exec.CommandLookup.NotExecutable;
import ballot.exec.CommandLookup.NotFound;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLookupTest {

  @TempDir Path folder;

  @BeforeEach
  void fill() throws Exception {
    executable("backup", "#!/bin/sh\n");
    Files.writeString(folder.resolve("notes"), "plain text");
    Files.createDirectory(folder.resolve("sub"));
  }

  @Test
  void finds_a_name_on_the_path() {
    assertThat(CommandLookup.of("backup", "/nowhere:" + folder))
        .isEqualTo(new Found(folder.resolve("backup")));
  }

  @Test
  void finds_the_usual_ones_without_a_path() {
    assertThat(CommandLookup.of("sh", null)).isInstanceOf(Found.class);
  }

  @Test
  void takes_a_name_with_a_slash_as_it_is() {
    Path file = folder.resolve("backup");

    assertThat(CommandLookup.of(file.toString(), "")).isEqualTo(new Found(file));
  }

  @Test
  void suggests_the_nearest_name() {
    assertThat(CommandLookup.of("bakcup", folder.toString()))
        .isEqualTo(new NotFound("bakcup: no such command on the PATH, did you mean 'backup'?"));
    assertThat(message(CommandLookup.of(folder + "/backpu", null)))
        .endsWith("no such file, did you mean 'backup'?");
  }

  @Test
  void suggests_nothing_far_fetched() {
    assertThat(message(CommandLookup.of("restore", folder.toString())))
        .isEqualTo("restore: no such command on the PATH");
  }

  @Test
  void names_a_missing_folder() {
    assertThat(message(CommandLookup.of(folder + "/gone/backup", null)))
        .contains("there is no folder " + folder + "/gone");
  }

  @Test
  void tells_not_executable_from_not_found() {
    assertThat(CommandLookup.of(folder + "/notes", null))
        .isInstanceOfSatisfying(
            NotExecutable.class, it -> assertThat(it.message()).contains("chmod +x"));
    assertThat(CommandLookup.of("notes", folder.toString())).isInstanceOf(NotExecutable.class);
    assertThat(CommandLookup.of(folder + "/sub", null))
        .isInstanceOfSatisfying(
            NotExecutable.class, it -> assertThat(it.message()).contains("a directory"));
  }

  @Test
  void prefers_an_executable_that_comes_later_on_the_path() throws Exception {
    Path later = Files.createDirectory(folder.resolve("later"));
    Files.writeString(later.resolve("notes"), "#!/bin/sh\n");
    assertThat(later.resolve("notes").toFile().setExecutable(true)).isTrue();

    assertThat(CommandLookup.of("notes", folder + ":" + later))
        .isEqualTo(new Found(later.resolve("notes")));
  }

  @Test
  void names_the_interpreter_that_is_not_there() throws Exception {
    executable("script", "#!/usr/bin/no-such-python -u\nprint()\n");

    assertThat(CommandLookup.of(folder + "/script", null))
        .isInstanceOfSatisfying(
            NotFound.class,
            it -> assertThat(it.message()).contains("asks for /usr/bin/no-such-python"));
  }

  @Test
  void names_a_link_to_nothing() throws Exception {
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("gone"));

    assertThat(message(CommandLookup.of(folder + "/link", null))).contains("link to nothing");
  }

  private void executable(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name), text);
    assertThat(folder.resolve(name).toFile().setExecutable(true)).isTrue();
  }

  private static String message(CommandLookup result) {
    return switch (result) {
      case Found found -> "found " + found.path();
      case NotFound notFound -> notFound.message();
      case NotExecutable notExecutable -> notExecutable.message();
    };
  }
}
