package ballot.engine.agenda;

import ballot.engine.core.Moment;
import java.time.Duration;
import java.time.Instant;

/** The clock of one host: set wrong perhaps, and stepped now and then. */
final class HostClock {

  private final Course course;
  private final Instant base;
  private final SteadyClock steady = new SteadyClock();
  private long offset;

  HostClock(Course course, Instant base, long offset) {
    this.course = course;
    this.base = base;
    this.offset = offset;
    now();
  }

  Now now() {
    Moment moment = new Moment(course.now());
    return new Now(steady.read(base.plusNanos(course.now() + offset), moment), moment);
  }

  void step(long by) {
    now(); // it is read every few seconds
    offset += by;
    now();
  }

  /** When this clock will show a time, unless it is stepped. */
  long whenShowing(Instant time) {
    Now now = now();
    Duration until = Duration.between(now.time(), time);
    return until.toDays() > 36_500 ? Long.MAX_VALUE : course.now() + until.toNanos();
  }
}
