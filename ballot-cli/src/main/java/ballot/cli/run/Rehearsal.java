package ballot.cli.run;

import ballot.api.Candidacy;
import ballot.api.Lease;
import ballot.api.Term;
import ballot.api.Verdict;
import ballot.engine.Election;
import ballot.engine.ElectionLoop;
import ballot.engine.core.ElectionMachine;
import ballot.engine.core.Rules;
import ballot.engine.core.Rules.ElectionFailure;
import ballot.engine.core.Rules.Reaction;
import ballot.exec.CommandOutput;
import ballot.exec.CommandSpec;
import ballot.exec.Commands;
import ballot.exec.LineSink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Goes through what a leader does while the candidate has to wait anyway: elections that nobody
 * else stands in are won, a command that does nothing is run under the guard and ends, leadership
 * is given back. Nothing of it reaches a store or the log.
 *
 * <p>What Java runs for the first time it loads, links and interprets, which takes ten times as
 * long as the same does later; without this a hand-over would be spent on that. Done once a
 * process; what fails is of no consequence.
 */
final class Rehearsal {

  /** By then what is on the way is linked, and what runs in loops is compiled. */
  private static final int ROUNDS = 8;

  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Commands commands;
  private final Rules rules;
  private final BooleanSupplier isInTheWay;
  private final AtomicBoolean begun = new AtomicBoolean();

  /**
   * Not begun.
   *
   * @param rules of the real election
   * @param isInTheWay whether there is real work to do; then no further round begins
   */
  Rehearsal(Commands commands, Rules rules, BooleanSupplier isInTheWay) {
    this.commands = commands;
    this.rules =
        new Rules(
            Reaction.EXIT,
            Reaction.EXIT,
            ElectionFailure.EXIT,
            rules.onLeaseLoss(),
            Optional.empty(),
            rules.timings());
    this.isInTheWay = isInTheWay;
  }

  /** Begins, unless it has begun before. Returns at once; any thread. */
  void begin() {
    if (!begun.getAndSet(true)) {
      Thread.ofPlatform().name("ballot-rehearsal").daemon(true).start(this::run);
    }
  }

  private void run() {
    ExecutorService askers =
        Executors.newSingleThreadExecutor(
            task ->
                Thread.ofPlatform().name("ballot-rehearsal-store").daemon(true).unstarted(task));
    try (ElectionLoop loop = new ElectionLoop()) {
      for (int round = 0; round < ROUNDS && !isInTheWay.getAsBoolean(); round++) {
        perform(loop, askers);
      }
    } catch (ExecutionException | TimeoutException unfinished) {
      // the real thing will say what is wrong
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    } finally {
      askers.shutdownNow();
    }
  }

  private void perform(ElectionLoop loop, ExecutorService askers)
      throws ExecutionException, TimeoutException, InterruptedException {
    CommandDesk desk = new CommandDesk(commands, (level, message, term) -> {});
    CommandWork work = new CommandWork(desk, order -> nothing());
    ElectionMachine machine = new ElectionMachine(rules, 0);
    Election election =
        loop.begin(
            new Election.Plan(machine, askers, work, (level, message, term) -> {}),
            signal -> new Unopposed());
    var unused = election.status().get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
  }

  private CommandSpec nothing() {
    return new CommandSpec(
        List.of("echo", "rehearsal"),
        Map.of(),
        name -> !name.equals("PATH"),
        new CommandOutput.Relayed(new Unheard()),
        rules.timings().stopTimeout(),
        null);
  }

  /** Wins whatever it asks for. */
  private record Unopposed() implements Candidacy {

    private static final Term TERM = new Term(1);

    @Override
    public Verdict campaign(Duration budget) {
      return new Verdict.Elected(Lease.unbounded(TERM), Duration.ZERO);
    }

    @Override
    public Verdict renew(Term term, Duration budget) {
      return campaign(budget);
    }

    @Override
    public void resign(Term term, Duration budget) {}

    @Override
    public void close() {}
  }

  private record Unheard() implements LineSink {

    @Override
    public void line(Stream stream, String text, boolean continued) {}

    @Override
    public void dropped(Stream stream, long lines) {}
  }
}
