package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Term;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who may ask a leader to give way, and how often. */
class FavoursTest {

  private static final Term TERM = new Term(7);
  private static final Term LATER = new Term(9);

  private long now = -5;
  private final Favours favours = new Favours(() -> now);

  private void passes(Duration duration) {
    now += duration.toNanos();
  }

  @Test
  void one_leadership_is_given_up_for_one_who_asks_until_it_is_over() {
    favours.does("a@h-1", TERM);
    passes(Duration.ofSeconds(20));
    favours.does("a@h-1", TERM);

    assertThat(favours.mayBeAsked("a@h-1", TERM)).isTrue();
    passes(Duration.ofMinutes(3));
    assertThat(favours.mayBeAsked("a@h-1", TERM)).isTrue();
  }

  @Test
  void another_is_not_before_a_minute_has_passed() {
    favours.does("a@h-1", TERM);

    passes(Duration.ofSeconds(60).minusNanos(1));
    assertThat(favours.mayBeAsked("a@h-1", LATER)).isFalse();

    passes(Duration.ofNanos(1));
    assertThat(favours.mayBeAsked("a@h-1", LATER)).isTrue();
    favours.does("a@h-1", LATER);
    assertThat(favours.mayBeAsked("a@h-1", new Term(12))).isFalse();
  }

  @Test
  void it_is_owed_for_a_minute() {
    assertThat(favours.wasDone("a@h-1")).isFalse();
    favours.does("a@h-1", TERM);

    assertThat(favours.wasDone("a@h-1")).isTrue();
    assertThat(favours.wasDone("b@h-2")).isFalse();
    passes(Duration.ofSeconds(60));
    assertThat(favours.wasDone("a@h-1")).isFalse();
  }

  @Test
  void what_was_done_for_one_is_not_held_against_another() {
    favours.does("a@h-1", TERM);

    assertThat(favours.mayBeAsked("b@h-2", LATER)).isTrue();
  }
}
