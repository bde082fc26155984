package ballot.cli.run;

import ballot.engine.Election;
import ballot.engine.ElectionLoop;
import ballot.engine.Work;
import ballot.engine.core.ElectionMachine;
import ballot.engine.core.Event.Outcome;
import ballot.engine.core.Moment;
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
import java.util.function.Function;

/**
 * Goes through what a leader does while there is nothing else to do: elections that nobody else
 * stands in are waited for and won, work begins and ends, leadership is given back. Nothing of it
 * reaches a store or the log.
 *
 * <p>What Java runs for the first time it loads, links and interprets, and what it has run less
 * than two hundred times it goes on interpreting, which takes ten times as long as the same does
 * later; without this a hand-over would be spent on that. Done once a process, in half a second of
 * processor time; what fails is of no consequence.
 */
final class Rehearsal {

  /** By then what is on the way is compiled. */
  private static final int ROUNDS = 250;

  /** Each takes two processes and some milliseconds. */
  private static final int ROUNDS_WITH_COMMANDS = 10;

  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Commands commands;
  private final Rules rules;
  private final Function<Work.Order, CommandSpec> specs;
  private final BooleanSupplier isInTheWay;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicBoolean begunWithCommands = new AtomicBoolean();

  /**
   * Not begun.
   *
   * @param rules of the real election
   * @param specs what really is to be run; none of it is
   * @param isInTheWay whether there is a real command; then no other one is run
   */
  Rehearsal(
      Commands commands,
      Rules rules,
      Function<Work.Order, CommandSpec> specs,
      BooleanSupplier isInTheWay) {
    this.commands = commands;
    this.rules =
        new Rules(
            Reaction.EXIT,
            Reaction.EXIT,
            ElectionFailure.EXIT,
            rules.onLeaseLoss(),
            Optional.empty(),
            rules.timings());
    this.specs = specs;
    this.isInTheWay = isInTheWay;
  }

  /** Somebody else leads: begins, unless it has begun before. Returns at once; any thread. */
  void whileWaiting() {
    if (!begunWithCommands.getAndSet(true)) {
      begin(
          (loop, askers) -> {
            withoutCommands(loop, askers, isInTheWay);
            withCommands(loop, askers);
          });
    }
  }

  /**
   * We lead, and have for a while: begins with what needs no command of its own, unless that was
   * begun before. Returns at once; any thread.
   */
  void whileLeading() {
    if (!begun.get()) {
      begin((loop, askers) -> withoutCommands(loop, askers, () -> false));
    }
  }

  /** Some rounds. */
  private interface Act {
    void perform(ElectionLoop loop, ExecutorService askers)
        throws ExecutionException, TimeoutException, InterruptedException;
  }

  private static void begin(Act act) {
    Thread.ofPlatform().name("ballot-rehearsal").daemon(true).start(() -> run(act));
  }

  private static void run(Act act) {
    ExecutorService askers =
        Executors.newSingleThreadExecutor(
            task ->
                Thread.ofPlatform().name("ballot-rehearsal-store").daemon(true).unstarted(task));
    try (ElectionLoop loop = new ElectionLoop()) {
      act.perform(loop, askers);
    } catch (ExecutionException | TimeoutException unfinished) {
      // the real thing will say what is wrong
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    } finally {
      askers.shutdownNow();
    }
  }

  /** What is broken off may be begun again. */
  private void withoutCommands(
      ElectionLoop loop, ExecutorService askers, BooleanSupplier isBrokenOff)
      throws ExecutionException, TimeoutException, InterruptedException {
    if (begun.getAndSet(true)) {
      return;
    }
    for (int round = 0; round < ROUNDS; round++) {
      if (isBrokenOff.getAsBoolean()) {
        begun.set(false);
        return;
      }
      perform(loop, askers, new Pretence());
    }
  }

  private void withCommands(ElectionLoop loop, ExecutorService askers)
      throws ExecutionException, TimeoutException, InterruptedException {
    for (int round = 0; round < ROUNDS_WITH_COMMANDS && !isInTheWay.getAsBoolean(); round++) {
      CommandDesk desk = new CommandDesk(commands, (level, message, term) -> {});
      perform(loop, askers, new CommandWork(desk, order -> nothing()));
    }
  }

  private void perform(ElectionLoop loop, ExecutorService askers, Work work)
      throws ExecutionException, TimeoutException, InterruptedException {
    ElectionMachine machine = new ElectionMachine(rules, 0);
    Election election =
        loop.begin(
            new Election.Plan(machine, askers, work, (level, message, term) -> {}), Stooge::new);
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

  /** Work that is over as soon as it has begun. */
  private final class Pretence implements Work {

    @Override
    public void start(Order order, Ended ended) {
      commands.rehearse(specs.apply(order));
      Outcome outcome = new Outcome(0, "rehearsed", false);
      Thread.ofPlatform().daemon(true).start(() -> ended.ended(outcome));
    }

    @Override
    public void extend(long run, Moment killAt) {}

    @Override
    public void stop(long run, int signal) {}

    @Override
    public void kill(long run) {}
  }

  private record Unheard() implements LineSink {

    @Override
    public void line(Stream stream, String text, boolean continued) {}

    @Override
    public void dropped(Stream stream, long lines) {}
  }
}
