package ballot.cli.services;

import ballot.api.Candidate;
import ballot.api.RejectedException;
import ballot.api.ServiceInstance;
import ballot.api.ServiceRegistry;
import ballot.cli.logging.LogContext;
import ballot.cli.logging.Story;
import ballot.cli.settings.ServiceElection;
import ballot.engine.Election;
import ballot.engine.core.ElectionMachine;
import ballot.engine.core.Event;
import ballot.engine.core.Rules;
import ballot.engine.core.Timings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One service that stands for election, from its first look at the instance to its leaving. */
final class ServiceStand {

  /** How often it looks although nobody said that there is anything new. */
  private static final long LOOK_EVERY_MILLIS = 1_000;

  /** What a demote hook needs beyond its limit until its tag is off too. */
  private static final Duration AFTER_HOOKS = Duration.ofSeconds(3);

  private final ServiceElection what;
  private final InstanceDesk desk;
  private final Election election;
  private final ScheduledFuture<?> looks;

  private ServiceStand(
      ServiceElection what, InstanceDesk desk, Election election, ScheduledFuture<?> looks) {
    this.what = what;
    this.desk = desk;
    this.election = election;
    this.looks = looks;
  }

  /**
   * Begins to stand.
   *
   * @throws RejectedException when what is asked for cannot work
   */
  static ServiceStand begin(ServiceElection what, ServiceHooks hooks, ServicesFloor floor)
      throws RejectedException {
    Candidate candidate = floor.candidate();
    Story story = floor.log().story(LogContext.of(what.election(), candidate));
    Reasons reasons = new Reasons(story);
    AtomicReference<@Nullable InstanceDesk> known = new AtomicReference<>();
    AtomicReference<@Nullable Election> stands = new AtomicReference<>();
    ServiceRegistry registry = floor.registry();
    ServiceInstance instance =
        registry.attend(
            what.spec(), () -> Optional.ofNullable(known.get()).ifPresent(InstanceDesk::lookSoon));
    InstanceDesk desk =
        new InstanceDesk(
            instance,
            what.spec().registration().isPresent(),
            story,
            unfit ->
                Optional.ofNullable(stands.get())
                    .ifPresent(election -> election.post(new Event.Fitness(unfit))));
    AtomicReference<Optional<String>> holder = new AtomicReference<>(Optional.empty());
    HookCalls calls =
        new HookCalls(what, candidate, floor.backend(), desk, reasons::last, holder::get);
    ServiceWork work =
        new ServiceWork((order, ended) -> new Reign(order, ended, hooks, desk, calls, story));
    ElectionMachine machine = new ElectionMachine(rules(what), System.nanoTime());
    Election election =
        floor
            .loop()
            .begin(
                new Election.Plan(
                    machine,
                    floor.askers(),
                    work,
                    reasons,
                    Optional.of("its instance has not been looked at yet")),
                signal -> new Noting(instance.stand(what.election(), candidate, signal), holder));
    stands.set(election);
    known.set(desk);
    desk.lookSoon();
    return new ServiceStand(
        what,
        desk,
        election,
        floor
            .timer()
            .scheduleWithFixedDelay(
                desk::lookSoon, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS));
  }

  private static Rules rules(ServiceElection what) {
    return new Rules(
        Rules.Reaction.REELECT,
        Rules.Reaction.REELECT,
        Rules.ElectionFailure.RETRY,
        Rules.LeaseLoss.TERMINATE,
        Optional.empty(),
        Timings.of(what.hookTimeout().plus(AFTER_HOOKS), Duration.ZERO));
  }

  /** What it stands for. */
  ServiceElection what() {
    return what;
  }

  /** Leaves in order: demote hook, tag, key, session. The second time at once. */
  void leave(int signal) {
    election.post(new Event.ToldToLeave(signal));
  }

  /** Completed when it has left. */
  CompletableFuture<Integer> left() {
    return election
        .status()
        .whenComplete(
            (status, fault) -> {
              looks.cancel(false);
              desk.close();
            });
  }
}
