package ballot.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stories of one candidate, to be read without the code. {@code -Dballot.rewrite=true} writes down
 * what happens now; read the difference before you keep it.
 */
class TranscriptTest {

  private static final Path FOLDER = Path.of("src/test/resources/ballot/engine/core");

  static List<Path> stories() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void goes_as_written(Path story) throws IOException {
    String written = Files.readString(story);
    String played = Transcript.play(written);
    if (Boolean.getBoolean("ballot.rewrite")) {
      Files.writeString(story, played);
    }
    assertThat(played).isEqualTo(written);
  }

  @Test
  void there_are_stories() throws IOException {
    assertThat(stories()).hasSizeGreaterThan(20);
  }
}
