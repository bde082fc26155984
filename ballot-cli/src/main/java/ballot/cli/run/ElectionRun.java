package ballot.cli.run;

import ballot.api.Candidacy;
import ballot.api.ElectionStore;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.Verdict;
import ballot.cli.cron.CronWork;
import ballot.cli.cron.ForeignLeaders;
import ballot.cli.logging.LogContext;
import ballot.cli.logging.LogLevel;
import ballot.cli.logging.Story;
import ballot.cli.process.Refusal;
import ballot.cli.settings.StoreFailures;
import ballot.engine.Election;
import ballot.engine.ElectionLoop;
import ballot.engine.Work;
import ballot.engine.core.ElectionMachine;
import ballot.engine.core.Event;
import ballot.exec.CommandOutput;
import ballot.exec.CommandSignal;
import ballot.exec.CommandSpec;
import ballot.exec.Commands;
import ballot.exec.GuardListener;
import ballot.exec.Shell;
import ballot.exec.SignalRelay;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Connects the engine, a store and a command: commands under an election as they really run. */
public final class ElectionRun implements RunOnce {

  /** The name of the ledger in which runs are written down. */
  public static final String RUNS = "runs";

  private static final int SIGINT = CommandSignal.INT.number();

  @Override
  public int run(RunOnceRequest request) throws StoreException {
    Executable.refuseUnlessThere(request.command(), request.environment());
    try (ElectionStore store =
        StoreFailures.named(request.settings(), () -> request.backend().open(request.settings()))) {
      request
          .rules()
          .timings()
          .complaint(store.nominalValidity())
          .ifPresent(
              complaint -> {
                throw Refusal.configuration(complaint);
              });
      return run(request, store);
    }
  }

  private static int run(RunOnceRequest request, ElectionStore store) {
    Story story = request.log().story(LogContext.of(request.election(), request.candidate()));
    ExecutorService askers =
        Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().name("ballot-store").daemon(true).unstarted(task));
    AtomicReference<Optional<NamingCandidacy>> candidacy = new AtomicReference<>(Optional.empty());
    try (Commands commands = Commands.open(Shell.forGuard(), new GuardNews(story));
        ElectionLoop loop = new ElectionLoop()) {
      LastWord lastWord = new LastWord(story);
      CommandDesk desk = new CommandDesk(commands, story);
      Rehearsal rehearsal =
          new Rehearsal(
              commands,
              request.rules(),
              order -> spec(request, order.term(), candidacy.get(), story),
              desk::isRunning);
      Work work = work(request, desk, candidacy::get, story);
      ForeignLeaders foreign = new ForeignLeaders(story);
      ElectionMachine machine =
          new ElectionMachine(request.rules(), System.nanoTime() ^ request.candidate().pid());
      Election election =
          loop.begin(
              new Election.Plan(machine, askers, work, lastWord),
              signal -> {
                NamingCandidacy ours =
                    new NamingCandidacy(
                        store.stand(request.election(), request.candidate(), signal),
                        request.settings(),
                        verdict -> {
                          if (verdict instanceof Verdict.NotElected) {
                            makeReady(request, desk, candidacy.get(), story);
                            rehearsal.whileWaiting();
                          }
                          if (request.cron().isPresent()) {
                            foreign.heard(verdict);
                          }
                        },
                        rehearsal::whileLeading);
                candidacy.set(Optional.of(ours));
                refuseWithoutLedger(request, ours);
                return ours;
              });
      if (!request.wrapsOutput()) {
        // Ctrl-C reaches the foreground job and not us; whoever pressed it means both.
        desk.whenInterrupted(() -> election.post(new Event.ToldToLeave(SIGINT)));
      }
      try (SignalRelay relay = SignalOffice.open(election, desk)) {
        int status = election.status().join();
        return lastWord.orElse(status, candidacy.get().flatMap(NamingCandidacy::last));
      }
    } finally {
      askers.shutdownNow();
    }
  }

  /**
   * Has what a leader needs stand by while another leads. A schedule says itself when it is time.
   */
  private static void makeReady(
      RunOnceRequest request, CommandDesk desk, Optional<NamingCandidacy> candidacy, Story story) {
    if (request.cron().isEmpty()) {
      Optional<Term> none = Optional.empty();
      desk.prepare(spec(request, none, candidacy, story));
    }
  }

  private static void refuseWithoutLedger(RunOnceRequest request, Candidacy candidacy) {
    if (request.cron().isPresent() && candidacy.ledger(RUNS).isEmpty()) {
      candidacy.close();
      throw Refusal.configuration(
          "the backend '"
              + request.backend().name()
              + "' keeps no ledger, and 'run cron' needs one: a tick that is not written down could"
              + " be run twice");
    }
  }

  private static Work work(
      RunOnceRequest request,
      CommandDesk desk,
      Supplier<Optional<NamingCandidacy>> candidacy,
      Story story) {
    if (request.cron().isEmpty()) {
      return new CommandWork(desk, order -> spec(request, order.term(), candidacy.get(), story));
    }
    return new CronWork(
        new CronWork.Parts(
            request.cron().get(),
            request.election().path(),
            request.candidate().address(),
            desk,
            new CronWork.Specs() {
              @Override
              public CommandSpec ahead(Optional<Term> term) {
                return spec(term, RunVariables.of(request, term));
              }

              @Override
              public CommandSpec of(Optional<Term> term, Instant tick, String id) {
                return spec(term, RunVariables.of(request, term, tick, id));
              }

              private CommandSpec spec(Optional<Term> term, Map<String, String> variables) {
                return ElectionRun.spec(request, variables, term, candidacy.get(), story);
              }
            },
            () -> candidacy.get().flatMap(ours -> ours.ledger(RUNS)).orElseThrow(),
            request.rules().timings().callBudget(),
            story));
  }

  private static CommandSpec spec(
      RunOnceRequest request,
      Optional<Term> term,
      Optional<NamingCandidacy> candidacy,
      Story story) {
    return spec(request, RunVariables.of(request, term), term, candidacy, story);
  }

  private static CommandSpec spec(
      RunOnceRequest request,
      Map<String, String> variables,
      Optional<Term> term,
      Optional<NamingCandidacy> candidacy,
      Story story) {
    CommandOutput output =
        request.wrapsOutput()
            ? new CommandOutput.Relayed(new OutputLines(story, term))
            : new CommandOutput.Inherited();
    return new CommandSpec(
        request.command(),
        variables,
        name -> RunVariables.isHidden(request, name),
        output,
        request.rules().timings().stopTimeout(),
        candidacy.flatMap(NamingCandidacy::workRecord).orElse(null));
  }

  /** Tells of the guard's misfortunes. */
  private record GuardNews(Story story) implements GuardListener {

    @Override
    public void replaced(String why) {
      story.tell(LogLevel.WARN, "the guard was lost and replaced: " + why, Optional.empty());
    }

    @Override
    public void missing(String why) {
      story.tell(
          LogLevel.ERROR,
          "there is no guard, so no command is started, and one that runs would outlive a kill of"
              + " ballot: "
              + why,
          Optional.empty());
    }
  }
}
