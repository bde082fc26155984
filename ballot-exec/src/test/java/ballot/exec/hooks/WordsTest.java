package ballot.exec.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

  private static final Map<String, String> VALUES = Map.of("ADDRESS", "10.0.0.1", "TWO", "a b");

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\u0001',
      value = {
        "/bin/echo primary → [/bin/echo][primary]",
        "a\t b   c → [a][b][c]",
        "'a b' \"c d\" → [a b][c d]",
        "a'b c'd\"e f\"g → [ab cde fg]",
        "'' \"\" x → [][][x]",
        "a\\ b \\\"c\\' → [a b][\"c']",
        "\"a \\\" b \\\\ c \\n \\$x\" → [a \" b \\ c \\n $x]",
        "'a \\ b' → [a \\ b]",
        "a # rest → [a]",
        "a#b 'c'#d → [a#b][c#d]",
        "${ADDRESS} x${ADDRESS}y → [10.0.0.1][x10.0.0.1y]",
        "${TWO} \"${TWO}\" → [a b][a b]",
        "'${TWO}' \\${TWO} → [${TWO}][${TWO}]",
        "$TWO ${TWO%b} $5 $ → [$TWO][${TWO%b}][$5][$]",
        "${NONE:-c d} ${TWO:-c} ${NONE:-} → [c d][a b][]",
        "http://host/?a=1&b=2 ; x=y *.txt ~/f → [http://host/?a=1&b=2][;][x=y][*.txt][~/f]",
        "'|' \"&&\" \\> → [|][&&][>]",
      })
  void splits(String line, String words) {
    assertThat(shown(Words.of(line))).isEqualTo(words);
  }

  @Test
  void a_line_end_is_a_blank_and_a_protected_one_is_none() {
    assertThat(shown(Words.of("a\nb \\\n c\\\nd # e\nf"))).isEqualTo("[a][b][cd][f]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a |", "|", "a || b", "a >b", "a 2>&1", "a <b", "a & ", "&& a", "a &>b"})
  void refuses_what_only_a_shell_could_do(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Words.of(line))
        .withMessageContaining("begin with sh:");
  }

  @Test
  void splits_like_the_shell_whatever_is_quoted_and_escaped() throws Exception {
    SplittableRandom random = new SplittableRandom(20_250_101);
    List<String> lines = new ArrayList<>();
    StringBuilder ours = new StringBuilder();
    while (lines.size() < 400) {
      String line = line(random);
      try {
        String words = shown(Words.of(line));
        lines.add(line);
        ours.append(words).append('\n');
      } catch (IllegalArgumentException unclosed) {
        assertThat(unclosed).hasMessageMatching(".*(never closed|backslash).*");
      }
    }

    assertThat(byShell(lines)).isEqualTo(ours.toString());
  }

  private static String line(SplittableRandom random) {
    String alphabet = "abc    ''\"\"\\\\#";
    StringBuilder line = new StringBuilder();
    for (int i = random.nextInt(1, 14); i > 0; i--) {
      line.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return line.toString();
  }

  /** What the shell makes of each. */
  private static String byShell(List<String> lines) throws IOException {
    String script =
        "for line do eval \"set -- $line\n"
            + "\"; for word do printf '[%s]' \"$word\"; done; echo; done";
    List<String> words = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    words.addAll(lines);
    Process shell = new ProcessBuilder(words).redirectErrorStream(true).start();
    return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String shown(List<Text> words) {
    StringBuilder text = new StringBuilder();
    words.forEach(word -> text.append('[').append(word.with(VALUES, value -> value)).append(']'));
    return text.toString();
  }
}
