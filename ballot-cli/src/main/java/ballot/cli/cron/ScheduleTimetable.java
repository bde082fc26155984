package ballot.cli.cron;

import ballot.engine.agenda.Timetable;
import ballot.schedule.Schedule;
import java.time.Instant;
import java.util.Optional;

/** A schedule as an agenda knows it. */
public record ScheduleTimetable(Schedule schedule) implements Timetable {

  @Override
  public Optional<Instant> next(Instant after) {
    return schedule.next(after);
  }

  @Override
  public String identity() {
    return schedule.identity();
  }
}
