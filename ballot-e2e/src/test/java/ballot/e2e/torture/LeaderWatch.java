package ballot.e2e.torture;

import ballot.api.BootClock;
import ballot.e2e.torture.witness.Run;
import ballot.e2e.torture.witness.Witness;
import ballot.e2e.torture.world.Fleet;
import java.time.Duration;
import java.util.Optional;

/** Sees whether somebody leads whose ballot runs. */
record LeaderWatch(Fleet fleet, Witness witness) {

  /** Somebody leads, so long after. */
  record Led(Duration after, Run run) {}

  /** Waits no longer than this. */
  Optional<Led> await(String election, Duration longest) throws InterruptedException {
    long from = BootClock.nanos();
    while (BootClock.nanos() - from < longest.toNanos()) {
      Optional<Run> leader =
          witness
              .leader(election)
              .or(() -> witness.latest(election).filter(run -> run.beganNanos() > from))
              .filter(this::isCovered);
      if (leader.isPresent()) {
        long began = Math.max(from, leader.get().beganNanos());
        return Optional.of(new Led(Duration.ofNanos(began - from), leader.get()));
      }
      Thread.sleep(20);
    }
    return Optional.empty();
  }

  private boolean isCovered(Run run) {
    return fleet.candidates().stream()
        .flatMap(candidate -> candidate.current().stream())
        .anyMatch(
            now ->
                now.candidate().name().equals(run.start().candidate())
                    && now.number() == run.start().incarnation()
                    && now.program().isAlive());
  }
}
