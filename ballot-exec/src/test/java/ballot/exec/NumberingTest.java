package ballot.exec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whether younger processes have higher numbers. */
class NumberingTest {

  @Test
  void one_that_was_born_just_now_is_below_its_children() throws Exception {
    Numbering before = Numbering.now();
    new ProcessBuilder("true").start().waitFor();

    assertThat(before.ascendsFrom(1)).isTrue();
  }

  @Test
  void where_numbers_may_have_begun_again_nothing_is_certain() throws Exception {
    Numbering now = Numbering.now();
    new ProcessBuilder("true").start().waitFor();

    long highest = now.highest();
    assertThat(now.ascendsFrom(highest - now.inUse())).isFalse();
    assertThat(new Numbering(now.given() - highest, now.inUse(), highest).ascendsFrom(1)).isFalse();
  }

  @Test
  void where_nothing_is_counted_nothing_is_certain() throws Exception {
    Numbering now = Numbering.now();

    assertThat(Numbering.UNKNOWN.ascendsFrom(1)).isFalse();
    assertThat(new Numbering(now.given() + 1_000_000, 1, Long.MAX_VALUE).ascendsFrom(1)).isFalse();
  }

  @Test
  void it_counts_what_is_made() throws Exception {
    Numbering before = Numbering.now();
    for (int process = 0; process < 5; process++) {
      new ProcessBuilder("true").start().waitFor();
    }

    assertThat(Numbering.now().given()).isGreaterThanOrEqualTo(before.given() + 5);
    assertThat(before.inUse()).isPositive();
  }
}
