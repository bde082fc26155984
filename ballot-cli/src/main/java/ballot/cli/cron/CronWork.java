package ballot.cli.cron;

import ballot.api.Ledger;
import ballot.api.Term;
import ballot.cli.run.CommandDesk;
import ballot.engine.Chronicle;
import ballot.engine.Work;
import ballot.engine.agenda.AgendaEvent;
import ballot.engine.core.Moment;
import ballot.exec.CommandSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The work of {@code run cron}: a schedule that is kept for as long as its leader leads. */
public final class CronWork implements Work {

  private final Parts parts;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, Duty> duties = new ConcurrentHashMap<>();

  /**
   * What it is made of.
   *
   * @param candidate who runs, for people
   * @param desk runs the commands
   * @param specs what to run
   * @param ledger where the runs are written down; asked when the first leadership begins
   * @param budget how long a question about the ledger may take
   * @param chronicle where the story goes
   */
  public record Parts(
      CronPlan plan,
      String election,
      String candidate,
      CommandDesk desk,
      Specs specs,
      java.util.function.Supplier<Ledger> ledger,
      Duration budget,
      Chronicle chronicle) {}

  /** Says what to run for a tick. */
  public interface Specs {

    /** What is known of it before the tick. */
    CommandSpec ahead(Optional<Term> term);

    /** The command for a tick; its id tells the run from every other one. */
    CommandSpec of(Optional<Term> term, Instant tick, String id);
  }

  /** With its parts. */
  public CronWork(Parts parts) {
    this.parts = parts;
  }

  @Override
  public void start(Order order, Ended ended) {
    Duty duty =
        new Duty(
            parts,
            numbers,
            order,
            outcome -> {
              duties.remove(order.run());
              ended.ended(outcome);
            });
    duties.put(order.run(), duty);
    duty.begin();
  }

  @Override
  public void cover(long run, Term term) {
    find(run, duty -> duty.post(new AgendaEvent.Elected(term)));
  }

  @Override
  public void extend(long run, Moment killAt) {
    find(run, duty -> duty.extend(killAt));
  }

  @Override
  public void stop(long run, int signal) {
    find(run, duty -> duty.post(new AgendaEvent.Stop(signal)));
  }

  @Override
  public void kill(long run) {
    find(run, duty -> duty.post(new AgendaEvent.Kill()));
  }

  private void find(long run, Consumer<Duty> action) {
    Duty duty = duties.get(run);
    if (duty != null) {
      action.accept(duty);
    }
  }
}
