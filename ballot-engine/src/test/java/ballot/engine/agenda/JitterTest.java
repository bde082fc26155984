package ballot.engine.agenda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JitterTest {

  private static final Instant TICK = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration MOST = Duration.ofMinutes(5);

  @Test
  void puts_nothing_off_unless_asked() {
    assertThat(new Jitter("nightly", Duration.ZERO).due(TICK)).isEqualTo(TICK);
  }

  @Test
  void is_the_same_on_every_candidate() {
    for (int i = 0; i < 100; i++) {
      Instant tick = TICK.plusSeconds(60L * i);
      assertThat(new Jitter("nightly", MOST).due(tick))
          .isEqualTo(new Jitter("nightly", MOST).due(tick));
    }
  }

  @Test
  void is_another_for_each_tick_and_each_election_and_never_more_than_asked() {
    Set<Duration> seen = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      Instant tick = TICK.plusSeconds(60L * i);
      for (String election : new String[] {"nightly", "weekly"}) {
        Duration off = Duration.between(tick, new Jitter(election, MOST).due(tick));
        assertThat(off).isBetween(Duration.ZERO, MOST);
        seen.add(off);
      }
    }
    assertThat(seen).hasSize(1_000);
    assertThat(seen).anyMatch(off -> off.compareTo(Duration.ofSeconds(20)) < 0);
    assertThat(seen).anyMatch(off -> off.compareTo(Duration.ofSeconds(280)) > 0);
  }

  @Test
  void a_tick_is_run_when_it_is_due_and_not_before() {
    Instant tick = Stage.second(60);
    Instant due = new Jitter("nightly", Duration.ofSeconds(30)).due(tick);
    double at = Duration.between(Stage.MIDNIGHT, due).toNanos() / 1e9;
    Stage stage = Stage.first(Asked.nothing().jitter(30)).at(at - 0.001);
    assertThat(stage.did()).isEmpty();
    assertThat(stage.at(at + 0.001).did()).containsExactly("start 1 for 60");
  }
}
