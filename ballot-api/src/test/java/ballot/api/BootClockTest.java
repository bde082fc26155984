package ballot.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BootClockTest {

  private static final long MS = 1_000_000L;

  /** A machine's two counts of time: one stops when it sleeps. */
  private static final class Machine {
    private long boot = 1_000_003L * MS;
    private long awake = -77 * MS;
    private boolean tells = true;

    void pass(long millis) {
      boot += millis * MS;
      awake += millis * MS;
    }

    void sleep(long millis) {
      boot += millis * MS;
    }

    BootClock clock() {
      return new BootClock(() -> tells ? boot / (10 * MS) : Uptime.UNKNOWN, () -> awake);
    }
  }

  @Test
  void counts_the_time_that_the_machine_slept() {
    Machine machine = new Machine();
    BootClock clock = machine.clock();
    long before = clock.read();
    machine.pass(60);
    machine.sleep(3_600_000);
    long after = clock.read();
    assertThat((after - before) / MS).isBetween(3_600_060L, 3_600_070L);
  }

  @Test
  void notices_sleep_within_fifty_milliseconds_of_waking() {
    Machine machine = new Machine();
    BootClock clock = machine.clock();
    long before = clock.read();
    machine.sleep(5_000);
    machine.pass(51);
    assertThat((clock.read() - before) / MS).isBetween(5_041L, 5_061L);
  }

  @Test
  void never_makes_a_span_look_shorter_than_it_was_while_awake() {
    for (long offset = 0; offset < 10; offset++) {
      Machine machine = new Machine();
      machine.pass(offset);
      BootClock clock = machine.clock();
      for (long step = 1; step < 200; step += 7) {
        long before = clock.read();
        machine.pass(step);
        assertThat((clock.read() - before) / MS).isBetween(step, step + 10);
      }
    }
  }

  @Test
  void is_never_ahead_of_the_kernel_and_at_most_ten_milliseconds_behind() {
    Machine machine = new Machine();
    BootClock clock = machine.clock();
    for (int i = 0; i < 100; i++) {
      machine.pass(13);
      assertThat(machine.boot - clock.read()).isBetween(0L, 10 * MS);
    }
  }

  @Test
  void goes_on_when_the_kernel_no_longer_tells() {
    Machine machine = new Machine();
    BootClock clock = machine.clock();
    long before = clock.read();
    machine.tells = false;
    machine.pass(400);
    assertThat((clock.read() - before) / MS).isEqualTo(400);
  }

  @Test
  void counts_from_anywhere_where_the_kernel_never_told() {
    Machine machine = new Machine();
    machine.tells = false;
    BootClock clock = machine.clock();
    assertThat(clock.read()).isEqualTo(machine.awake);
    machine.pass(400);
    assertThat(clock.read()).isEqualTo(machine.awake);
  }

  @Test
  void never_goes_back_however_many_threads_read_it() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Boolean>> readers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        readers.add(threads.submit(BootClockTest::neverGoesBack));
      }
      for (Future<Boolean> reader : readers) {
        assertThat(reader.get()).isTrue();
      }
    }
  }

  private static boolean neverGoesBack() {
    long last = BootClock.nanos();
    for (int i = 0; i < 200_000; i++) {
      long next = BootClock.nanos();
      if (next < last) {
        return false;
      }
      last = next;
    }
    return true;
  }

  @Test
  void shows_what_the_kernel_shows() {
    Uptime uptime = Uptime.open();
    long before = uptime.hundredths();
    long shown = BootClock.nanos() / (10 * MS);
    long after = uptime.hundredths();
    assertThat(shown).isBetween(before - 1, after + 1);
  }
}
