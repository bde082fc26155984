package ballot.e2e.torture;

import ballot.api.BootClock;
import ballot.e2e.torture.judge.Docket;
import ballot.e2e.torture.nemesis.Nemesis;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** A line for everything that happens, and the last ones again when something is wrong. */
final class Progress {

  private static final int KEPT = 6;

  private final PrintStream out;
  private final long seed;
  private final long began = BootClock.nanos();
  private final Deque<String> last = new ArrayDeque<>();
  private int rounds;

  Progress(PrintStream out, long seed) {
    this.out = out;
    this.seed = seed;
  }

  synchronized void round() {
    rounds++;
  }

  synchronized void inflicted(Nemesis.Wound wound) {
    say(
        "%s on %s for %.1f s"
            .formatted(wound.fault().kind(), wound.whom(), wound.lasts().toMillis() / 1_000.0));
  }

  synchronized void returned(LeaderWatch.Led led) {
    say("led %.1f s after by %s".formatted(led.after().toMillis() / 1_000.0, led.run()));
  }

  private void say(String what) {
    long seconds = (BootClock.nanos() - began) / 1_000_000_000;
    String line = "%3d:%02d #%d %s".formatted(seconds / 60, seconds % 60, rounds, what);
    last.addLast(line);
    if (last.size() > KEPT) {
      last.removeFirst();
    }
    out.println(line);
  }

  synchronized void alarm(Docket.Violation violation, Path folder) {
    out.printf("VIOLATION of %s at %s: %s%n", violation.rule(), Instant.now(), violation.what());
    out.printf(
        "  seed %d, logs in %s, uptime %d ms, after:%n",
        seed, folder, BootClock.nanos() / 1_000_000);
    last.forEach(line -> out.println("  " + line));
  }
}
