package ballot.e2e.torture;

import ballot.api.BootClock;
import ballot.e2e.torture.judge.Docket;
import ballot.e2e.torture.judge.Judge;
import ballot.e2e.torture.judge.Secrecy;
import ballot.e2e.torture.judge.StoreWatch;
import ballot.e2e.torture.judge.Upkeep;
import ballot.e2e.torture.nemesis.Fault;
import ballot.e2e.torture.nemesis.Faults;
import ballot.e2e.torture.nemesis.Nemesis;
import ballot.e2e.torture.nemesis.Plan;
import ballot.e2e.torture.report.Account;
import ballot.e2e.torture.report.Accountant;
import ballot.e2e.torture.witness.Run;
import ballot.e2e.torture.witness.Witness;
import ballot.e2e.torture.world.Fleet;
import ballot.e2e.torture.world.World;
import ballot.e2e.torture.world.Worlds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One world, tortured for a time. */
final class Trial {

  private static final String ELECTION = "once";
  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final Duration LONGEST_LEAVE = Duration.ofSeconds(30);

  /** Twice the time that a store keeps a session that says nothing. */
  private static final Duration LONGEST_STAY = Duration.ofSeconds(25);

  private final String name;
  private final Wishes wishes;
  private final Progress progress;
  private final Path folder;
  private final Docket docket;
  private final Judge judge;
  private final Upkeep upkeep;
  private final String secret;
  private final Secrecy secrecy;

  Trial(String name, Wishes wishes, Progress progress) throws Exception {
    this.name = name;
    this.wishes = wishes;
    this.progress = progress;
    this.folder = Files.createDirectories(wishes.folder().resolve(name));
    this.docket = new Docket(violation -> progress.alarm(violation, folder));
    this.judge = new Judge(docket, wishes.late(), Charges::mayFollow);
    this.upkeep = new Upkeep(docket);
    this.secret = "hidden-" + Long.toHexString(wishes.seed() * 0x9E3779B97F4A7C15L);
    this.secrecy = new Secrecy(secret, docket);
  }

  Account run() throws Exception {
    Accountant accountant = new Accountant(name, wishes.seed(), docket, judge, upkeep);
    try (World world = Worlds.make(name, folder, secret);
        Witness witness = new Witness(folder, judge);
        Fleet fleet = fleet(world, witness)) {
      new LeaderWatch(fleet, witness).await(LONGEST_START);
      accountant.begin(world.bound());
      try (Closing watch = watch(world, witness)) {
        torture(world, witness, fleet, accountant);
      }
      accountant.end();
      farewell(world, fleet);
    }
    judge.close();
    secrecy.lookAtFiles(folder);
    return accountant.account();
  }

  private Fleet fleet(World world, Witness witness) throws Exception {
    Charges charges = new Charges(witness, ELECTION, wishes.seed());
    return new Fleet(
        world, folder, charges::of, Mutants.environment(wishes, folder), wishes.seed(), judge);
  }

  /** Something to close that says nothing of exceptions but this. */
  private interface Closing extends AutoCloseable {
    @Override
    void close() throws InterruptedException;
  }

  private Closing watch(World world, Witness witness) {
    return world
        .sight(ELECTION)
        .<Closing>map(sight -> new StoreWatch(sight, witness, ELECTION, judge)::close)
        .orElse(() -> {});
  }

  /** All leave in order, and nothing of theirs is left in the store. */
  private void farewell(World world, Fleet fleet) throws Exception {
    fleet.leave(LONGEST_LEAVE);
    long until = BootClock.nanos() + LONGEST_STAY.toNanos();
    while (!world.belongings().isEmpty() && BootClock.nanos() < until) {
      Thread.sleep(500);
    }
    List<String> left = world.belongings();
    if (!left.isEmpty()) {
      docket.note("leak", "all have left, and the store still has " + left);
    }
  }

  private void torture(World world, Witness witness, Fleet fleet, Accountant accountant)
      throws Exception {
    Plan plan = new Plan(world, wanted(world), wishes.seed());
    Nemesis nemesis = new Nemesis(world, fleet, witness, plan, ELECTION, judge::excuse, folder);
    LeaderWatch leaders = new LeaderWatch(fleet, witness);
    long end = BootClock.nanos() + wishes.length().toNanos();
    while (BootClock.nanos() < end && (wishes.keepGoing() || docket.violations().isEmpty())) {
      progress.round();
      nemesis.round(
          new Nemesis.Audience() {
            @Override
            public void before(Fault fault) {
              if (fault.isSolitary()) {
                judge.tampered();
              }
            }

            @Override
            public void inflicted(Nemesis.Wound wound) {
              accountant.count(wound.fault().kind());
              progress.inflicted(wound);
            }

            @Override
            public void healed(Nemesis.Wound wound) {}
          });
      Optional<Led> back = leaders.await(world.bound().whole());
      back.ifPresent(
          led -> {
            accountant.returned(led.after());
            progress.returned(led);
          });
      if (back.isEmpty()) {
        docket.note("I8", "nobody leads within " + world.bound().whole() + " of the faults' end");
      }
      upkeep.look(fleet.candidates());
      secrecy.lookAtProcesses(
          witness.alive(ELECTION).stream().map(run -> run.start().pid()).toList());
    }
  }

  private List<Fault> wanted(World world) {
    List<Fault> all = Faults.of(world);
    return wishes.only().isEmpty()
        ? all
        : all.stream().filter(fault -> wishes.only().contains(fault.kind())).toList();
  }

  /** Somebody leads, so long after. */
  record Led(Duration after, Run run) {}

  /** Sees whether somebody leads whose ballot runs. */
  private record LeaderWatch(Fleet fleet, Witness witness) {

    Optional<Led> await(Duration longest) throws InterruptedException {
      long from = BootClock.nanos();
      while (BootClock.nanos() - from < longest.toNanos()) {
        Optional<Run> leader = witness.leader(ELECTION).filter(this::isCovered);
        if (leader.isPresent()) {
          long began = Math.max(from, leader.get().beganNanos());
          return Optional.of(new Led(Duration.ofNanos(began - from), leader.get()));
        }
        Thread.sleep(20);
      }
      return Optional.empty();
    }

    private boolean isCovered(Run run) {
      return fleet.candidates().stream()
          .flatMap(candidate -> candidate.current().stream())
          .anyMatch(
              now ->
                  now.candidate().name().equals(run.start().candidate())
                      && now.number() == run.start().incarnation()
                      && now.program().isAlive());
    }
  }
}
