package ballot.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Durations;
import ballot.api.Lease;
import ballot.api.Term;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlinesTest {

  private static final Moment ASKED = new Moment(-1_000_000_000L);

  private static Deadlines of(Duration validFor, Timings timings) {
    return Deadlines.of(new Lease(new Term(7), validFor), ASKED, timings);
  }

  private static long ms(Moment moment) {
    return ASKED.until(moment).toMillis();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # lease | stop timeout | kill margin | renew | stop |  kill | quiet
          2s      | 10s          | 200ms       |   666 | 1296 |  1796 |  1996
          2s      | 100ms        | 200ms       |   666 | 1696 |  1796 |  1996
          2s      | 0s           | 200ms       |   666 | 1796 |  1796 |  1996
          10s     | 10s          | 200ms       |  3333 | 7280 |  9780 |  9980
          10s     | 1s           | 200ms       |  3333 | 8780 |  9780 |  9980
          20s     | 10s          | 200ms       |  6666 | 14760 | 19760 | 19960
          # a short lease shortens the polite phase, not the time in which it can be renewed
          600ms   | 10s          | 200ms       |   200 |  300 |   398 |   598
          480ms   | 10s          | 200ms       |   160 |  260 |   279 |   479
          450ms   | 10s          | 200ms       |   150 |  249 |   249 |   449
          """)
  void a_lease_counts_from_when_it_was_asked_for(
      String lease,
      String stopTimeout,
      String killMargin,
      long renew,
      long stop,
      long kill,
      long quiet) {
    Timings timings =
        new Timings(
            Durations.parse(stopTimeout),
            Duration.ofSeconds(1),
            Durations.parse(killMargin),
            Duration.ofSeconds(3),
            Duration.ofMillis(600));
    Deadlines deadlines = of(Durations.parse(lease), timings);
    assertThat(ms(deadlines.renewAt())).isEqualTo(renew);
    assertThat(ms(deadlines.stopAt())).isEqualTo(stop);
    assertThat(ms(deadlines.killAt())).isEqualTo(kill);
    assertThat(ms(deadlines.quietBy())).isEqualTo(quiet);
  }

  @Test
  void whatever_timings_are_accepted_leave_time_to_renew_and_to_kill() {
    for (int millis = 1; millis < 30_000; millis += 7) {
      Duration validity = Duration.ofMillis(millis);
      for (int margin : new int[] {0, 10, 100, 200, 399}) {
        Timings timings =
            new Timings(
                Duration.ofSeconds(10),
                Duration.ZERO,
                Duration.ofMillis(margin),
                Duration.ofSeconds(3),
                Duration.ofMillis(600));
        if (timings.complaint(validity).isEmpty()) {
          Deadlines deadlines = of(validity, timings);
          assertThat(deadlines.stopAt()).isBetween(deadlines.renewAt(), deadlines.killAt());
          assertThat(deadlines.renewAt().until(deadlines.stopAt()))
              .as("time to renew a lease of %s", validity)
              .isGreaterThan(Duration.ofMillis(100).minus(validity.dividedBy(400)));
          assertThat(deadlines.killAt().until(deadlines.quietBy()))
              .isEqualTo(Duration.ofMillis(margin));
        }
      }
    }
  }

  @Test
  void takes_off_what_two_clocks_may_differ_by() {
    Deadlines deadlines = of(Duration.ofSeconds(10), timings());
    assertThat(ASKED.until(deadlines.quietBy())).isEqualTo(Duration.ofMillis(9980));
  }

  @Test
  void an_unbounded_lease_has_no_end_and_is_looked_at_every_two_seconds() {
    Deadlines deadlines = of(Lease.UNBOUNDED, timings());
    assertThat(ms(deadlines.renewAt())).isEqualTo(2000);
    assertThat(deadlines)
        .isEqualTo(new Deadlines(deadlines.renewAt(), Moment.NEVER, Moment.NEVER, Moment.NEVER));
  }

  @Test
  void a_loss_brings_the_end_forward() {
    Deadlines deadlines = of(Duration.ofSeconds(10), timings());
    Moment kill = ASKED.plus(Duration.ofSeconds(4));
    Deadlines sooner = deadlines.endingBy(kill, timings());
    assertThat(sooner)
        .isEqualTo(
            new Deadlines(deadlines.renewAt(), kill, kill, kill.plus(Duration.ofMillis(200))));
  }

  @Test
  void a_loss_never_moves_the_end_back() {
    Deadlines deadlines = of(Duration.ofSeconds(2), timings());
    assertThat(deadlines.endingBy(ASKED.plus(Duration.ofSeconds(4)), timings()))
        .isEqualTo(deadlines);
  }

  private static Timings timings() {
    return Timings.of(Duration.ofSeconds(10), Duration.ofSeconds(1));
  }

  @Test
  void a_lease_that_ends_no_later_leaves_what_was_planned_for_the_end() {
    Timings timings = Timings.of(Duration.ofSeconds(10), Duration.ofSeconds(1));
    Deadlines whole = of(Duration.ofSeconds(2), timings);
    Moment later = ASKED.plus(Duration.ofMillis(666));
    // A session behind the lease runs out, while its check is refreshed as before.
    Deadlines rest = Deadlines.of(new Lease(new Term(7), Duration.ofMillis(1_334)), later, timings);

    Deadlines both = whole.followedBy(rest);

    assertThat(rest.stopAt()).isGreaterThan(whole.stopAt());
    assertThat(both)
        .isEqualTo(new Deadlines(rest.renewAt(), whole.stopAt(), whole.killAt(), whole.quietBy()));
  }

  @Test
  void a_lease_that_ends_later_counts_and_so_does_a_shorter_one() {
    Timings timings = Timings.of(Duration.ofSeconds(10), Duration.ofSeconds(1));
    Deadlines first = of(Duration.ofSeconds(2), timings);
    Moment later = ASKED.plus(Duration.ofMillis(666));
    Deadlines longer = Deadlines.of(new Lease(new Term(7), Duration.ofSeconds(2)), later, timings);
    Deadlines shorter =
        Deadlines.of(new Lease(new Term(7), Duration.ofMillis(800)), later, timings);
    Deadlines endless = new Deadlines(later, Moment.NEVER, Moment.NEVER, Moment.NEVER);

    assertThat(first.followedBy(longer)).isEqualTo(longer);
    assertThat(first.followedBy(shorter)).isEqualTo(shorter);
    assertThat(first.followedBy(endless)).isEqualTo(endless);
    assertThat(endless.followedBy(first)).isEqualTo(first);
  }
}
