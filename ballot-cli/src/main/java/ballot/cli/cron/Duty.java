package ballot.cli.cron;

import ballot.api.BootClock;
import ballot.api.Term;
import ballot.cli.run.CommandDesk;
import ballot.engine.Work;
import ballot.engine.agenda.Agenda;
import ballot.engine.agenda.AgendaEffect;
import ballot.engine.agenda.AgendaEvent;
import ballot.engine.agenda.Now;
import ballot.engine.agenda.SteadyClock;
import ballot.engine.agenda.Wake;
import ballot.engine.core.Effect.Level;
import ballot.engine.core.Event.Outcome;
import ballot.engine.core.Moment;
import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One leadership's time with the schedule: a thread that takes events to the agenda and its effects
 * to the desks. The other methods are for any thread, and return at once.
 */
final class Duty {

  private static final Logger LOG = System.getLogger(Duty.class.getName());

  /** A step of the clock is noticed by then. */
  private static final Duration LONGEST_NAP = Duration.ofMillis(500);

  private static final int FAULT = 70;

  private final CronWork.Parts parts;
  private final AtomicLong numbers;
  private final Work.Order order;
  private final Work.Ended ended;
  private final SteadyClock clock = new SteadyClock();
  private final LinkedBlockingQueue<AgendaEvent> events = new LinkedBlockingQueue<>();

  /** The desk's numbers of the agenda's runs. */
  private final Map<Long, Long> runs = new ConcurrentHashMap<>();

  private volatile Moment killAt;
  private Optional<Term> term;
  private boolean over;

  Duty(CronWork.Parts parts, AtomicLong numbers, Work.Order order, Work.Ended ended) {
    this.parts = parts;
    this.numbers = numbers;
    this.order = order;
    this.ended = ended;
    this.killAt = order.killAt();
    this.term = order.term();
  }

  void begin() {
    Thread.ofPlatform().name("ballot-schedule").daemon(true).start(this::keep);
  }

  void post(AgendaEvent event) {
    events.add(event);
  }

  void extend(Moment later) {
    killAt = later;
    parts.desk().extendAll(later);
  }

  /** The thread's top: whatever is thrown ends here, and what runs with it. */
  private void keep() {
    Outcome outcome;
    try (LedgerDesk ledger = new LedgerDesk(parts.ledger().get(), parts.budget())) {
      outcome = keep(ledger);
    } catch (RuntimeException | Error fault) {
      LOG.log(Logger.Level.ERROR, "the schedule was ended by a fault of its own", fault);
      outcome = new Outcome(FAULT, String.valueOf(fault));
      endEverything();
    } catch (InterruptedException unexpected) {
      Thread.currentThread().interrupt();
      outcome = new Outcome(FAULT, "interrupted");
      endEverything();
    }
    parts.desk().unprepare();
    ended.ended(outcome);
  }

  private Outcome keep(LedgerDesk ledger) throws InterruptedException {
    Agenda agenda =
        new Agenda(
            parts.plan().rules(),
            parts.plan().timetable(),
            parts.election(),
            parts.candidate(),
            order.term(),
            now());
    AgendaEvent event = new AgendaEvent.Tick();
    while (true) {
      if (event instanceof AgendaEvent.Elected elected) {
        term = Optional.of(elected.term());
      }
      for (AgendaEffect effect : agenda.handle(event, now())) {
        if (effect instanceof AgendaEffect.Finish finish) {
          return finish.outcome();
        }
        perform(effect, ledger);
      }
      AgendaEvent next = events.poll(nap(agenda.wakeAt()).toNanos(), TimeUnit.NANOSECONDS);
      event = next == null ? new AgendaEvent.Tick() : next;
    }
  }

  private Now now() {
    Now exact = exactly();
    return new Now(exact.time().truncatedTo(ChronoUnit.MILLIS), exact.moment());
  }

  private Now exactly() {
    Moment moment = new Moment(BootClock.nanos());
    Instant time = clock.read(Instant.now(), moment);
    clock.news().ifPresent(news -> tell(Level.WARN, news));
    return new Now(time, moment);
  }

  private Duration nap(Wake wake) {
    Now now = exactly();
    Duration nap = LONGEST_NAP;
    if (wake.time().isPresent()) {
      nap = shorter(nap, Duration.between(now.time(), wake.time().get()));
    }
    if (!wake.moment().equals(Moment.NEVER)) {
      nap = shorter(nap, now.moment().until(wake.moment()));
    }
    return nap.isNegative() ? Duration.ZERO : nap;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private void perform(AgendaEffect effect, LedgerDesk ledger) {
    switch (effect) {
      case AgendaEffect.Read read -> ledger.read(read, this::post);
      case AgendaEffect.Write write -> ledger.write(write, this::post);
      case AgendaEffect.Prepare soon -> parts.desk().prepare(parts.specs().ahead(term));
      case AgendaEffect.Start start -> start(start);
      case AgendaEffect.StopRun stop -> parts.desk().stop(numberOf(stop.run()), stop.signal());
      case AgendaEffect.KillRun kill -> parts.desk().kill(numberOf(kill.run()));
      case AgendaEffect.Tell tell -> tell(tell.level(), tell.message());
      case AgendaEffect.Finish finish -> {}
    }
  }

  private long numberOf(long run) {
    return runs.getOrDefault(run, 0L);
  }

  private void start(AgendaEffect.Start start) {
    long number = numbers.incrementAndGet();
    runs.put(start.run(), number);
    parts
        .desk()
        .start(
            number,
            start.term(),
            killAt,
            parts.specs().of(start.term(), start.tick(), start.id()),
            new Report(start.run()));
    parts.desk().extend(number, killAt); // it may have been put off meanwhile
  }

  private void endEverything() {
    // nobody asks the agenda any more; its runs have to be gone before anything is told
    while (!runs.isEmpty()) {
      runs.values().forEach(parts.desk()::kill);
      try {
        var unused = events.poll(LONGEST_NAP.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException again) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void tell(Level level, String message) {
    parts.chronicle().tell(level, message, term);
  }

  /** Tells the agenda how it goes with one run. */
  private final class Report implements CommandDesk.Watcher {

    private final long run;

    Report(long run) {
      this.run = run;
    }

    @Override
    public void started() {
      post(new AgendaEvent.Started(run));
    }

    @Override
    public void ended(Outcome outcome, boolean executed) {
      runs.remove(run);
      post(new AgendaEvent.Ended(run, outcome, executed));
    }
  }
}
