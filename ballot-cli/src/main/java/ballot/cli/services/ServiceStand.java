package ballot.cli.services;

import ballot.api.Candidate;
import ballot.api.RejectedException;
import ballot.api.ServiceInstance;
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

/** One service that stands for election, from its first look at the instance to its leaving. */
final class ServiceStand {

  /** How often it looks although nobody said that there is anything new. */
  private static final long LOOK_EVERY_MILLIS = 1_000;

  /** What a demote hook needs beyond its limit until its tag is off too. */
  private static final Duration AFTER_HOOKS = Duration.ofSeconds(3);

  private final ServicePlan plan;
  private final ServicesFloor floor;
  private final InstanceDesk desk;
  private final Election election;
  private final ScheduledFuture<?> looks;
  private final CompletableFuture<Integer> left;

  private ServiceStand(Prepared prepared) {
    this.plan = prepared.plan;
    this.floor = prepared.floor;
    this.desk = new InstanceDesk(prepared.instance, prepared.isOursToRegister(), prepared.story);
    prepared.look.set(desk::lookSoon);
    this.election = begin(prepared);
    desk.begin(unfit -> election.post(new Event.Fitness(unfit)));
    this.looks =
        floor
            .timer()
            .scheduleWithFixedDelay(
                desk::lookSoon, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    this.left = election.status().whenCompleteAsync((status, fault) -> end(), floor.askers());
  }

  /**
   * Prepares one: whatever can be found out without asking the store is found out here, and nothing
   * has begun.
   *
   * @throws RejectedException when what is asked for cannot work
   */
  static Prepared prepare(ServicePlan plan, ServicesFloor floor) throws RejectedException {
    ServiceElection what = plan.what();
    AtomicReference<Runnable> look = new AtomicReference<>(() -> {});
    ServiceInstance instance = floor.registry().attend(what.spec(), () -> look.get().run());
    Story story = floor.log().story(LogContext.of(what.election(), floor.candidate()));
    return new Prepared(plan, floor, instance, look, story);
  }

  /**
   * A service that can begin to stand.
   *
   * @param look what happens when the instance may be worth a look
   */
  record Prepared(
      ServicePlan plan,
      ServicesFloor floor,
      ServiceInstance instance,
      AtomicReference<Runnable> look,
      Story story) {

    /** Begins to stand. */
    ServiceStand begin() {
      return new ServiceStand(this);
    }

    /** It will not begin. */
    void discard() {
      instance.close();
    }

    private boolean isOursToRegister() {
      return plan.what().spec().registration().isPresent();
    }
  }

  private Election begin(Prepared prepared) {
    ServiceElection what = plan.what();
    Candidate candidate = floor.candidate().preferred(what.preference());
    Reasons reasons = new Reasons(prepared.story);
    AtomicReference<Optional<String>> holder = new AtomicReference<>(Optional.empty());
    HookCalls calls =
        new HookCalls(what, candidate, floor.backend(), desk, reasons::last, holder::get);
    ServiceWork work =
        new ServiceWork(
            (order, ended) -> new Reign(order, ended, plan.hooks(), desk, calls, prepared.story));
    ElectionMachine machine = new ElectionMachine(rules(what), System.nanoTime());
    Election.Plan made =
        new Election.Plan(
            machine,
            floor.askers(),
            work,
            reasons,
            Optional.of("its instance has not been looked at yet"));
    return floor
        .loop()
        .begin(
            made,
            signal ->
                new Petition(prepared.instance.stand(what.election(), candidate, signal), holder));
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
  ServicePlan plan() {
    return plan;
  }

  /** Leaves in order: demote hook, tag, key, session. The second time at once. */
  void leave(int signal) {
    election.post(new Event.ToldToLeave(signal));
  }

  /** Completed when it has left; exceptionally when a fault of ours ended it. */
  CompletableFuture<Integer> left() {
    return left;
  }

  private void end() {
    looks.cancel(false);
    desk.close();
  }
}
