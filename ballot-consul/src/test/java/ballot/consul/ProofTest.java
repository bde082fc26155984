package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProofTest {

  private static final Duration TTL = Duration.ofSeconds(2);

  private final Proof proof = new Proof(TTL, seconds(10));

  private static long seconds(double seconds) {
    return (long) (seconds * 1e9);
  }

  @Test
  void counts_from_when_it_was_asked_for() {
    assertThat(proof.until()).isEqualTo(seconds(12));

    proof.confirmed(seconds(11), seconds(11.9));

    assertThat(proof.until()).isEqualTo(seconds(13));
    assertThat(proof.isWhole(seconds(12.9))).isTrue();
    assertThat(proof.isWhole(seconds(13))).isFalse();
  }

  @Test
  void an_answer_after_the_end_proves_nothing_for_ever() {
    proof.confirmed(seconds(11), seconds(12.1));
    assertThat(proof.until()).isEqualTo(seconds(12));
    assertThat(proof.isWhole(seconds(11))).isFalse();

    proof.confirmed(seconds(11.5), seconds(11.6));

    assertThat(proof.isWhole(seconds(11.7))).isFalse();
  }

  @Test
  void allows_for_an_agent_whose_clock_runs_faster() {
    proof.confirmed(seconds(11), seconds(11.99));

    assertThat(proof.isWhole(seconds(11.99))).isFalse();
  }

  @Test
  void an_answer_that_was_overtaken_takes_nothing_away() {
    proof.confirmed(seconds(11.5), seconds(11.6));
    proof.confirmed(seconds(11), seconds(11.7));

    assertThat(proof.until()).isEqualTo(seconds(13.5));
  }

  @Test
  void what_was_ended_is_not_prolonged_and_holds_to_its_end() {
    proof.end();

    assertThat(proof.until()).isEqualTo(seconds(12));
    assertThat(proof.isWhole(seconds(11))).isFalse();
  }
}
