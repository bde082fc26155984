package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ServiceSpec.Role;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who quarrels about tags writes ever more slowly, and says so once. */
class QuarrelTest {

  private final Quarrel quarrel = new Quarrel();
  private long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos(); // nanoTime may wrap around
  private int told;

  private int writesWithin(Duration time, Role role) {
    int writes = 0;
    for (long end = now + time.toNanos(); now - end < 0; now += 100_000_000) {
      if (quarrel.mayWrite(role, now)) {
        told += quarrel.wrote(now) ? 1 : 0;
        writes++;
      }
    }
    return writes;
  }

  @Test
  void a_quarrel_is_slowed_down_and_told_once() {
    assertThat(writesWithin(Duration.ofSeconds(9), Role.PRIMARY)).isEqualTo(Quarrel.PATIENT);
    assertThat(writesWithin(Duration.ofMinutes(10), Role.PRIMARY)).isBetween(55, 65);
    assertThat(told).isEqualTo(1);
  }

  @Test
  void a_tag_that_is_changed_now_and_then_is_put_right_at_once() {
    for (int change = 0; change < 20; change++) {
      assertThat(quarrel.mayWrite(Role.REPLICA, now)).isTrue();
      assertThat(quarrel.wrote(now)).isFalse();
      now += Duration.ofSeconds(15).toNanos();
    }
  }

  @Test
  void another_role_is_worn_at_once() {
    writesWithin(Duration.ofSeconds(30), Role.PRIMARY);
    assertThat(quarrel.mayWrite(Role.REPLICA, now)).isTrue();
  }
}
