package ballot.local;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ElectionName;
import ballot.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How the names of elections become names of folders. */
class SegmentsTest {

  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._+=,@:%~-]{1,255}");

  @Test
  void ordinary_names_stay_as_they_are() {
    assertThat(segments("ballot/nightly-backup_2.x@site:a,b+c=d"))
        .containsExactly("ballot", "nightly-backup_2.x@site:a,b+c=d");
  }

  @Test
  void other_characters_are_written_as_bytes() {
    assertThat(segments("a b/50%/ä/~")).containsExactly("a%20b", "50%25", "%C3%A4", "%7E");
  }

  @Test
  void halves_of_characters_are_told_apart() {
    assertThat(segments("\uD800/\uD801/?")).containsExactly("%uD800", "%uD801", "%3F");
  }

  @Test
  void what_is_too_long_is_cut_and_still_told_apart() {
    String one = segments("x".repeat(300)).getFirst();
    String other = segments("x".repeat(301)).getFirst();

    assertThat(one).hasSizeLessThan(200).startsWith("xxxx").isNotEqualTo(other);
  }

  @Test
  void no_two_names_are_written_alike_and_all_are_safe() {
    SplittableRandom random = Seeds.announced("names of elections");
    Map<String, String> written = new HashMap<>();
    for (int round = 0; round < 20_000; round++) {
      String segment = segment(random);
      String folder = segments(segment).getFirst();

      assertThat(folder).matches(SAFE).isNotIn(".", "..", ElectionName.RESERVED_SEGMENT);
      assertThat(folder.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(256);
      String other = written.put(folder, segment);
      assertThat(other).isIn(null, segment);
    }
  }

  private static String segment(SplittableRandom random) {
    String alphabet = "aA%2~u.-8 äß\uD83D\uDE00?*";
    int length = random.nextInt(20) == 0 ? 150 + random.nextInt(200) : 1 + random.nextInt(4);
    StringBuilder text = new StringBuilder("s");
    for (int place = 0; place < length; place++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static List<String> segments(String path) {
    return Segments.of(new ElectionName(path));
  }
}
