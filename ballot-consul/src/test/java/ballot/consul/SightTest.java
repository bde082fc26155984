package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SightTest {

  private static final String FORMER = "e/.ballot/candidates/s1/0";
  private static final String NEXT = "e/.ballot/candidates/s2/0";
  private static final String RECORD = "{\"SessionID\":\"s1\",\"ProposalNode\":\"" + FORMER + "\"}";

  @Test
  void who_gave_the_key_back_stands_before_nobody_although_its_old_place_is_still_shown() {
    Sight sight = sight(entry("e", 5, 20, null, ""), place(FORMER, 6, 0), place(NEXT, 8, 0));

    assertThat(sight.rankToLead(NEXT)).isZero();
    assertThat(sight.rank(NEXT)).isEqualTo(1);
  }

  @Test
  void who_came_back_to_the_end_of_the_line_counts_for_those_behind_it() {
    Sight sight = sight(entry("e", 5, 20, null, ""), place(FORMER, 20, 0), place(NEXT, 21, 0));

    assertThat(sight.rankToLead(NEXT)).isEqualTo(1);
  }

  @Test
  void who_is_preferred_counts_wherever_it_is_shown() {
    long preferred = Names.PREFERENCE_FLAGS;
    Sight sight =
        sight(entry("e", 5, 20, null, ""), place(FORMER, 6, preferred), place(NEXT, 8, 0));

    assertThat(sight.rankToLead(NEXT)).isEqualTo(1);
  }

  @Test
  void nobody_has_moved_when_the_key_is_gone() {
    Sight sight = sight(null, place(FORMER, 6, 0), place(NEXT, 8, 0));

    assertThat(sight.rankToLead(NEXT)).isEqualTo(1);
  }

  private static Sight sight(@Nullable KvEntry key, KvEntry... line) {
    return new Sight(21, key, entry("e/.ballot/last", 7, 7, null, RECORD), List.of(line));
  }

  private static KvEntry place(String key, long created, long flags) {
    String session = key.split("/")[3];
    return new KvEntry(key, created, created, 1, flags, session, "");
  }

  private static KvEntry entry(
      String key, long created, long modified, @Nullable String session, String text) {
    String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return new KvEntry(key, created, modified, 0, 0, session, encoded);
  }
}
