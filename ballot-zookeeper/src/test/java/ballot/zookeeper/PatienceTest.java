package ballot.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ballot.api.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Waiting in vain, as it goes on for hours while the servers are away. */
final class PatienceTest {

  private final CompletableFuture<String> reply = new CompletableFuture<>();

  @Test
  void leaves_nothing_behind_at_what_it_waited_for_in_vain() {
    for (int question = 0; question < 10; question++) {
      Patience patience = Patience.of(Duration.ofMillis(1));
      assertThatThrownBy(() -> patience.await(reply, "ask"))
          .isInstanceOf(UnavailableException.class)
          .hasMessage("ask: no answer within 1ms");
    }

    assertThat(reply.getNumberOfDependents()).isZero();
  }

  @Test
  void leaves_nothing_behind_when_the_question_was_ended() {
    Patience patience = Patience.of(Duration.ofMinutes(1));
    patience.end();

    assertThatThrownBy(() -> patience.await(reply, "ask")).hasMessage("ask: closed meanwhile");

    assertThat(reply.getNumberOfDependents()).isZero();
  }

  @Test
  void leaves_nothing_behind_when_it_is_interrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Patience.of(Duration.ofMinutes(1)).await(reply, "ask"))
        .hasMessage("ask: interrupted");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(reply.getNumberOfDependents()).isZero();
  }
}
