package ballot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start loads nothing that it does not use: each library costs more than all of ours. */
final class StartUpTest {

  private static final List<String> LIBRARIES =
      List.of(
          "picocli.",
          "com.fasterxml.",
          "org.yaml.",
          "org.apache.logging.",
          "java.text.MessageFormat ");

  @TempDir private Path folder;

  private List<String> loaded(String... arguments) throws IOException, InterruptedException {
    Path log = folder.resolve("classes");
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                classPath(),
                "ballot.cli.Main"));
    line.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("BALLOT_"));
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Duser.home=" + folder);
    assertThat(builder.start().waitFor()).as(() -> read(folder.resolve("output"))).isZero();
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(text -> LIBRARIES.stream().anyMatch(library -> text.contains("] " + library)))
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  /** Of this very JVM, however its class path was handed over. */
  private static String classPath() {
    return String.join(
        File.pathSeparator,
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(entry -> entry.startsWith("file:") ? Path.of(URI.create(entry)).toString() : entry)
            .toList());
  }

  @Test
  void info_loads_no_library_at_all() throws Exception {
    assertThat(loaded("info", "--local-dir", folder.resolve("elections").toString())).isEmpty();
    assertThat(loaded("info", "-o", "table", "--local-dir", folder.resolve("elections").toString()))
        .isEmpty();
  }

  @Test
  void fence_loads_no_library_and_holds_no_election() throws Exception {
    assertThat(loaded("fence", "--token", "1", "--file", "F", "--", "true")).isEmpty();
    assertThat(folder.resolve("classes"))
        .content()
        .contains("ballot.cli.fence.FencedRun ")
        .doesNotContain("ballot.engine.Election", "ballot.engine.core.ElectionMachine");
  }

  @Test
  void a_file_of_settings_costs_its_reader_and_nothing_else() throws Exception {
    Files.writeString(folder.resolve("b.yaml"), "local-dir: " + folder.resolve("elections") + "\n");
    List<String> libraries = loaded("info", "--config", "b.yaml");
    assertThat(libraries)
        .isNotEmpty()
        .noneMatch(line -> line.contains("] picocli.") || line.contains("] org.apache.logging."))
        .noneMatch(line -> line.contains("] com.fasterxml.jackson.databind"));
  }

  @Test
  void help_costs_what_lays_it_out() throws Exception {
    assertThat(loaded("--help"))
        .isNotEmpty()
        .allMatch(line -> line.contains("] picocli.") || line.contains("java.text.MessageFormat"));
  }
}
