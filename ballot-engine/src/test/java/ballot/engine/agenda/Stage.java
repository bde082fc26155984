package ballot.engine.agenda;

import ballot.api.Ledger;
import ballot.api.Term;
import ballot.engine.core.Event.Outcome;
import ballot.engine.core.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One agenda, minutely unless told otherwise, and a ledger that answers at once or not at all. */
final class Stage {

  static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");
  static final Timetable MINUTELY = Pattern.every(60);

  private final Agenda agenda;
  private final List<String> done = new ArrayList<>();
  private Optional<Book> page;
  private long version;
  private boolean silent;
  private int ready;
  private Duration clock = Duration.ZERO;

  private Stage(
      Asked asked, Timetable timetable, Optional<Book> page, Optional<Term> term, int at) {
    this.page = page;
    this.version = page.isPresent() ? 1 : 0;
    this.clock = Duration.ofSeconds(at);
    this.agenda = new Agenda(asked.rules(), timetable, "nightly", "host-1", term, now());
    hear(new AgendaEvent.Tick());
  }

  /** The first leader ever, one second before midnight has passed by a minute. */
  static Stage first(Asked asked) {
    return new Stage(asked, MINUTELY, Optional.empty(), Optional.of(new Term(7)), 1);
  }

  /** A leader who finds a page, so many seconds after midnight. */
  static Stage next(Asked asked, Book page, int at) {
    return new Stage(asked, MINUTELY, Optional.of(page), Optional.of(new Term(7)), at);
  }

  /** Nobody's leader, beside a page that cannot be read. */
  static Stage alone(Asked asked, Book page, int at) {
    return new Stage(asked, MINUTELY, Optional.of(page), Optional.empty(), at);
  }

  static Instant second(int seconds) {
    return MIDNIGHT.plusSeconds(seconds);
  }

  /** A page on which everything up to a second is decided. */
  static Book decided(int seconds, Entry.Run... runs) {
    return new Book(MINUTELY.identity(), second(seconds), List.of(runs));
  }

  /** Claimed in term 5 by somebody who is gone. */
  static Entry.Run claimed(int seconds) {
    return Entry.Run.claim(second(seconds), 5, "host-0", second(seconds));
  }

  private Now now() {
    return new Now(MIDNIGHT.plus(clock), new Moment(clock.toNanos()));
  }

  Stage silent(boolean now) {
    silent = now;
    return this;
  }

  /** So many seconds after midnight; whatever it wanted to be woken for happens on the way. */
  Stage at(double seconds) {
    Duration end = Duration.ofNanos((long) (seconds * 1e9));
    for (Duration next = wake(); next.compareTo(end) < 0; next = wake()) {
      clock = next.compareTo(clock) > 0 ? next : clock;
      hear(new AgendaEvent.Tick());
    }
    clock = end;
    return hear(new AgendaEvent.Tick());
  }

  private Duration wake() {
    Wake wake = agenda.wakeAt();
    Duration byMoment = Duration.ofNanos(wake.moment().nanos());
    Duration byTime = wake.time().map(at -> Duration.between(MIDNIGHT, at)).orElse(byMoment);
    return byTime.compareTo(byMoment) < 0 ? byTime : byMoment;
  }

  Stage hear(AgendaEvent event) {
    for (AgendaEffect effect : agenda.handle(event, now())) {
      perform(effect);
    }
    return this;
  }

  private void perform(AgendaEffect effect) {
    switch (effect) {
      case AgendaEffect.Read read ->
          hear(
              silent
                  ? new AgendaEvent.Unanswered(read.number(), "no answer", false)
                  : new AgendaEvent.Read(read.number(), new Ledger.Page("", version), page));
      case AgendaEffect.Write write -> {
        if (silent) {
          hear(new AgendaEvent.Unanswered(write.number(), "no answer", false));
        } else {
          page = Optional.of(write.book());
          Ledger.Page written = new Ledger.Page("", ++version);
          hear(new AgendaEvent.Wrote(write.number(), new Ledger.Receipt.Written(written)));
        }
      }
      case AgendaEffect.Start start ->
          done.add("start " + start.run() + " for " + text(start.tick()));
      case AgendaEffect.StopRun stop -> done.add("stop " + stop.run());
      case AgendaEffect.KillRun kill -> done.add("kill " + kill.run());
      case AgendaEffect.Prepare soon -> ready++;
      case AgendaEffect.Tell tell -> {}
      case AgendaEffect.Finish finish -> done.add("finish " + finish.outcome().status());
    }
  }

  private static String text(Instant tick) {
    return String.valueOf(Duration.between(MIDNIGHT, tick).toSeconds());
  }

  Stage started(long run) {
    return hear(new AgendaEvent.Started(run));
  }

  Stage ended(long run, int status) {
    return hear(new AgendaEvent.Ended(run, new Outcome(status, ""), true));
  }

  /** A run from its start to its end. */
  Stage ran(long run, int status) {
    return started(run).ended(run, status);
  }

  /** What was done since this was asked the last time. */
  List<String> did() {
    List<String> all = List.copyOf(done);
    done.clear();
    return all;
  }

  /** How often it has made ready for a run. */
  int ready() {
    return ready;
  }

  /** The lines of the page as it stands in the store. */
  List<String> page() {
    List<String> lines = new ArrayList<>();
    for (Entry entry : page.orElseThrow().entries()) {
      lines.add(
          switch (entry) {
            case Entry.Run run -> text(run.tick()) + " " + run.outcome();
            case Entry.NotRun ticks ->
                text(ticks.first()) + " to " + text(ticks.last()) + ": " + ticks.reason();
          });
    }
    return lines;
  }

  Book book() {
    return page.orElseThrow();
  }
}
