package ballot.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class VigilTest {

  private static final Duration OWN = Duration.ofSeconds(5);
  private static final long SECOND = 1_000_000_000L;
  private static final Duration CLOCK = Duration.ofMillis(20);

  private final Vigil vigil = new Vigil();

  private static Sight held(int version, String timeout) {
    String json = "{\"candidateId\":\"x\",\"sessionTimeout\":\"" + timeout + "\"}";
    return new Sight(7, version, 100 + version, json.getBytes(StandardCharsets.UTF_8));
  }

  private static Sight empty(long created, int version) {
    return new Sight(created, version, 100 + version, new byte[0]);
  }

  @Test
  void waits_for_as_long_as_the_lease_says_from_when_it_saw_it_first() {
    vigil.saw(held(3, "8s"), true, 1, 0);
    vigil.saw(held(3, "8s"), false, 1, 6 * SECOND);

    assertThat(vigil.untilFree(OWN, 6 * SECOND)).isEqualTo(Duration.ofSeconds(2).plus(CLOCK));
    assertThat(vigil.untilFree(OWN, 8 * SECOND)).isEqualTo(CLOCK);
    assertThat(vigil.untilFree(OWN, 8 * SECOND + CLOCK.toNanos())).isZero();
  }

  @Test
  void waits_at_least_for_its_own_timeout_whatever_the_lease_says() {
    for (String theirs : new String[] {"1s", "0s", "-3s", "soon", ""}) {
      Vigil fresh = new Vigil();
      fresh.saw(held(3, theirs), true, 1, 0);
      assertThat(fresh.untilFree(OWN, SECOND))
          .as(theirs)
          .isEqualTo(Duration.ofSeconds(4).plus(CLOCK));
    }
  }

  @Test
  void begins_anew_with_every_writing() {
    vigil.saw(held(3, "5s"), true, 1, 0);
    vigil.saw(held(4, "5s"), true, 1, 4 * SECOND);

    assertThat(vigil.untilFree(OWN, 5 * SECOND)).isEqualTo(Duration.ofSeconds(4).plus(CLOCK));
  }

  @Test
  void begins_anew_after_a_time_without_connection() {
    vigil.saw(held(3, "5s"), true, 1, 0);
    vigil.saw(held(3, "5s"), true, 2, 60 * SECOND);

    assertThat(vigil.untilFree(OWN, 60 * SECOND)).isEqualTo(OWN.plus(CLOCK));
  }

  @Test
  void does_not_wait_where_there_is_no_lease() {
    vigil.saw(empty(7, 0), false, 1, 0);

    assertThat(vigil.untilFree(OWN, 0)).isZero();
    assertThat(vigil.holdOff(OWN, 0)).isZero();
  }

  @Test
  void asks_for_no_notice_when_the_holder_gave_back_and_left_the_line() {
    vigil.saw(held(3, "5s"), true, 1, 0);
    vigil.saw(empty(7, 4), false, 1, SECOND);

    assertThat(vigil.holdOff(OWN, SECOND)).isZero();
  }

  @Test
  void asks_for_a_second_when_the_lease_was_emptied_under_a_holder_in_line() {
    vigil.saw(held(3, "5s"), true, 1, 0);
    vigil.saw(empty(7, 4), true, 1, SECOND);

    assertThat(vigil.holdOff(OWN, SECOND)).isEqualTo(Vigil.NOTICE);
    assertThat(vigil.holdOff(OWN, SECOND + SECOND / 4)).isEqualTo(Duration.ofMillis(750));
    assertThat(vigil.holdOff(OWN, 3 * SECOND)).isZero();
  }

  @Test
  void asks_for_a_whole_lease_when_a_held_election_vanished_or_was_made_anew() {
    vigil.saw(held(3, "8s"), true, 1, 0);
    vigil.saw(null, false, 1, SECOND);
    vigil.saw(empty(9, 0), false, 1, 2 * SECOND);

    assertThat(vigil.holdOff(OWN, 2 * SECOND)).isEqualTo(Duration.ofSeconds(7).plus(CLOCK));

    Vigil other = new Vigil();
    other.saw(held(3, "1s"), true, 1, 0);
    other.saw(empty(9, 0), false, 1, SECOND);
    assertThat(other.holdOff(OWN, SECOND)).isEqualTo(OWN.plus(CLOCK));
  }

  @Test
  void asks_for_a_whole_lease_when_an_election_vanished_that_was_free_when_it_was_read() {
    vigil.saw(empty(7, 0), false, 1, 0);
    vigil.saw(empty(9, 0), false, 1, 60 * SECOND);

    assertThat(vigil.holdOff(OWN, 60 * SECOND)).isEqualTo(OWN.plus(CLOCK));
  }

  @Test
  void asks_for_no_notice_of_a_leader_that_came_after_the_one_that_vanished() {
    vigil.saw(held(3, "5s"), true, 1, 0);
    vigil.saw(empty(9, 0), false, 1, SECOND);
    vigil.saw(held(1, "5s"), true, 1, SECOND + 1);

    assertThat(vigil.holdOff(OWN, SECOND + 2)).isZero();
  }
}
