package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.site.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher where it is installed, in front of programs that look like a Java and tell what they
 * were started with: each word in a line, then the variables.
 */
final class LauncherTest {

  private static final String TELLS =
      """
      #!/bin/sh
      echo "java $0"
      echo "pid $$"
      for word; do echo "[$word]"; done
      env
      """;

  @TempDir Path temporary;

  private Path folder;
  private Path home;

  @BeforeEach
  void is_installed_where_a_name_has_blanks() throws IOException {
    folder = temporary.resolve("a folder");
    home = folder.resolve("home");
    Files.createDirectories(folder.resolve("bin"));
    Files.createDirectories(home);
    Files.copy(Program.launcher(), folder.resolve("bin/ballot"));
    executable(folder.resolve("bin/ballot"));
    Files.writeString(folder.resolve("jvm"), "");
  }

  @Test
  void takes_the_newest_java() throws Exception {
    java(home.resolve(".sdkman/candidates/java/a"), "998.0.1");
    java(home.resolve(".sdkman/candidates/java/b"), "999-ea");
    java(home.resolve(".sdkman/candidates/java/c"), "21.0.9");

    assertThat(started(Map.of())).contains("java " + home + "/.sdkman/candidates/java/b/bin/java");
  }

  @Test
  void takes_the_java_that_the_user_names() throws Exception {
    java(home.resolve(".sdkman/candidates/java/newest"), "999");
    Path named = java(folder.resolve("named"), "21.0.9");

    assertThat(started(Map.of("JAVA_HOME", named.toString())))
        .contains("java " + named + "/bin/java");
  }

  @Test
  void passes_over_a_java_that_is_too_old_though_the_user_names_it() throws Exception {
    Path newest = java(home.resolve(".jdks/newest"), "999");
    Path named = java(folder.resolve("named"), "17.0.15");

    assertThat(started(Map.of("JAVA_HOME", named.toString())))
        .contains("java " + newest + "/bin/java");
  }

  @Test
  void is_found_through_links_and_the_path() throws Exception {
    Path java = java(folder.resolve("jdk"), "999");
    Path elsewhere = Files.createDirectories(folder.resolve("else where"));
    Files.createSymbolicLink(elsewhere.resolve("first"), Path.of("../bin/ballot"));
    Files.createSymbolicLink(elsewhere.resolve("second"), Path.of("first"));

    String path = elsewhere + ":" + System.getenv("PATH");
    assertThat(
            started(
                Map.of("JAVA_HOME", java.toString(), "PATH", path),
                List.of("sh", "-c", "second --version")))
        .contains("[@" + folder + "/jvm]", "[--version]");
  }

  @Test
  void hands_on_every_word_as_it_is() throws Exception {
    Path java = java(folder.resolve("jdk"), "999");
    List<String> words =
        List.of("run", "", "two words", "*", "$HOME", "a\"b'c", "@file", "--", "-x");
    List<String> line = new ArrayList<>(List.of(folder + "/bin/ballot"));
    line.addAll(words);

    List<String> told = started(Map.of("JAVA_HOME", java.toString()), line);
    assertThat(told.subList(told.indexOf("[ballot.cli.Main]") + 1, told.size()))
        .startsWith(words.stream().map(word -> "[" + word + "]").toArray(String[]::new));
  }

  @Test
  void becomes_java_so_that_signals_reach_it() throws Exception {
    Path java = java(folder.resolve("jdk"), "999");

    List<String> told =
        started(
            Map.of("JAVA_HOME", java.toString()),
            List.of("sh", "-c", "echo shell $$; exec \"$0\"", folder + "/bin/ballot"));
    assertThat(told).contains("pid " + told.getFirst().substring("shell ".length()));
  }

  @Test
  void keeps_what_is_meant_for_another_java_and_says_what_it_set() throws Exception {
    Path java = java(folder.resolve("jdk"), "999");

    assertThat(
            started(
                Map.of(
                    "JAVA_HOME", java.toString(),
                    "LC_ALL", "C",
                    "JAVA_TOOL_OPTIONS", "-Xmx1g -javaagent:x")))
        .contains(
            "LC_ALL=C.UTF-8",
            "BALLOT_WAS_LC_ALL=C",
            "BALLOT_WAS_JAVA_TOOL_OPTIONS=-Xmx1g -javaagent:x",
            "[-Dballot.hidden=_JAVA_SR_SIGNUM LC_ALL BALLOT_WAS_LC_ALL"
                + " BALLOT_WAS_JAVA_TOOL_OPTIONS]")
        .noneMatch(line -> line.startsWith("JAVA_TOOL_OPTIONS="));
  }

  @Test
  void takes_home_to_be_where_the_environment_says() throws Exception {
    Path java = java(folder.resolve("jdk"), "999");

    assertThat(started(Map.of("JAVA_HOME", java.toString())))
        .contains("[-Duser.home=" + home + "]");
  }

  @Test
  void leaves_a_locale_of_another_alphabet_alone() throws Exception {
    Path java = java(folder.resolve("jdk"), "999");

    assertThat(started(Map.of("JAVA_HOME", java.toString(), "LANG", "ru_RU.KOI8-R")))
        .contains("LANG=ru_RU.KOI8-R")
        .noneMatch(line -> line.startsWith("LC_ALL="));
  }

  @Test
  void changes_no_variable_that_happens_to_have_a_common_name() throws Exception {
    Path java = java(folder.resolve("jdk"), "999");
    Map<String, String> common =
        Map.of("JAVA_HOME", java.toString(), "home", "h", "value", "v", "key", "k", "cache", "c");

    assertThat(started(common)).contains("home=h", "value=v", "key=k", "cache=c");
  }

  @Test
  void refuses_a_working_folder_that_was_deleted_in_one_line() throws Exception {
    Path java = java(folder.resolve("jdk"), "999");
    Path gone = temporary.resolve("gone");
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            "-c",
            "mkdir \"$1\"; cd \"$1\"; rmdir \"$1\"; exec \"$0\"",
            folder + "/bin/ballot",
            gone.toString());
    builder.environment().put("JAVA_HOME", java.toString());
    Process process = builder.redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(78);
    // The shell has a line of its own about it.
    assertThat(told.lines().toList().getLast()).startsWith("ballot: the working folder");
  }

  private List<String> started(Map<String, String> environment) throws Exception {
    return started(environment, List.of(folder + "/bin/ballot"));
  }

  private List<String> started(Map<String, String> environment, List<String> line)
      throws Exception {
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.directory(temporary.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("HOME", home.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(told).isZero();
    return told.lines().toList();
  }

  private static Path java(Path folder, String version) throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    Files.writeString(
        folder.resolve("release"), "IMPLEMENTOR=\"Any\"\nJAVA_VERSION=\"" + version + "\"\n");
    Files.writeString(folder.resolve("bin/java"), TELLS);
    executable(folder.resolve("bin/java"));
    return folder;
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
