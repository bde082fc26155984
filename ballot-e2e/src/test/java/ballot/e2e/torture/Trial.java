package ballot.e2e.torture;

import ballot.api.BootClock;
import ballot.e2e.site.Network;
import ballot.e2e.torture.judge.Docket;
import ballot.e2e.torture.judge.Judge;
import ballot.e2e.torture.judge.Restraint;
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
import ballot.e2e.torture.world.Candidate;
import ballot.e2e.torture.world.Fleet;
import ballot.e2e.torture.world.Processes;
import ballot.e2e.torture.world.Site;
import ballot.e2e.torture.world.Undo;
import ballot.e2e.torture.world.World;
import ballot.e2e.torture.world.Worlds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** One world, tortured for a time. */
final class Trial {

  /** What was killed is taken off an agent's books after a minute, and whenever it looks. */
  private static final Duration LONGEST_REGISTERED = Duration.ofMinutes(3);

  private static final int CLERKS = 3;
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
    Undo undo = new Undo();
    Thread breakingOff = new Thread(undo::close, "torture-breaks-off");
    Runtime.getRuntime().addShutdownHook(breakingOff);
    try {
      run(accountant, undo);
    } finally {
      undo.close();
      unhook(breakingOff);
    }
    judge.close();
    judge.ticks().close(folder);
    secrecy.lookAtFiles(folder);
    return accountant.account();
  }

  private static void unhook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException endingAlready) {
      // it runs
    }
  }

  private void run(Accountant accountant, Undo undo) throws Exception {
    undo.add(Faults::tidyUp);
    World world = Worlds.make(name, folder, secret, undo);
    Witness witness = undo.make(() -> new Witness(folder, judge));
    undo.add(() -> killCommands(witness));
    Charges charges = new Charges(witness, wishes.seed(), folder);
    Fleet once = undo.make(() -> fleet(world.sites(), charges::once));
    Fleet cron = undo.make(() -> fleet(clerks(world), charges::cron));
    new LeaderWatch(once, witness).await(Charges.ONCE, LONGEST_START);
    new LeaderWatch(cron, witness).await(Charges.CRON, LONGEST_START);
    World.Bound bound = world.bound().plus(wishes.late().multipliedBy(10));
    accountant.begin(bound);
    List<Network.Host> hosts =
        world.sites().stream().flatMap(each -> each.host().stream()).toList();
    Map<String, Fleet> fleets = new TreeMap<>(Map.of(Charges.ONCE, once, Charges.CRON, cron));
    try (Services services = services(world, witness, undo);
        Closing watch = watch(world, witness);
        Restraint restraint = new Restraint(hosts, docket)) {
      services.begin(fleets);
      torture(world, witness, fleets, services, bound, accountant);
      accountant.end(restraint.most());
      farewell(world, List.copyOf(fleets.values()));
      services.end();
    }
  }

  private Services services(World world, Witness witness, Undo undo) {
    Charges charges = new Charges(witness, wishes.seed(), folder);
    return new Services(
        world,
        sites -> undo.make(() -> fleet(sites, site -> charges.run(site))),
        docket,
        Charges.hooks(folder));
  }

  private Fleet fleet(List<Site> sites, Function<Site, Candidate.Charge> charges) throws Exception {
    Map<String, String> environment = Mutants.environment(wishes, folder);
    return new Fleet(sites, folder, charges, environment, wishes.seed(), judge);
  }

  /** Those of a ballot that went together with its guard have nobody else. */
  private static void killCommands(Witness witness) throws IOException {
    for (Run run : witness.runs()) {
      if (run.isAlive()) {
        Processes.kill(Processes.session(run.start().pid()));
      }
    }
  }

  /** The sites that have a candidate for the schedule as well. */
  private static List<Site> clerks(World world) {
    return world.sites().subList(0, CLERKS);
  }

  /** Something to close that says nothing of exceptions but this. */
  private interface Closing extends AutoCloseable {
    @Override
    void close() throws InterruptedException;
  }

  private Closing watch(World world, Witness witness) {
    return world
        .sight(Charges.ONCE)
        .<Closing>map(
            sight ->
                new StoreWatch(sight, witness, Charges.ONCE, judge, world.passesOnAtDeath())::close)
        .orElse(() -> {});
  }

  /** All leave in order, and nothing of theirs is left in the store. */
  private void farewell(World world, List<Fleet> fleets) throws Exception {
    long began = BootClock.nanos();
    for (Fleet fleet : fleets) {
      fleet.leave(LONGEST_LEAVE);
    }
    long until = BootClock.nanos() + LONGEST_STAY.toNanos();
    while (!world.belongings().isEmpty() && BootClock.nanos() < until) {
      Thread.sleep(500);
    }
    List<String> left = world.belongings();
    if (!left.isEmpty()) {
      docket.note("leak", "all have left, and the store still has " + left);
    }
    // Who leaves now, with nothing in its way, leaves nothing; who was killed, or was cut off from
    // its agent as it left, is taken off its books by the agent.
    Set<Long> excused = judge.endedBetween(began - LONGEST_REGISTERED.toNanos(), began);
    List<Long> leftover =
        world.registrations().stream().filter(pid -> !excused.contains(pid)).toList();
    if (!leftover.isEmpty()) {
      docket.note("leak", "processes that left in order are still registered: " + leftover);
    }
  }

  private void torture(
      World world,
      Witness witness,
      Map<String, Fleet> fleets,
      Services services,
      World.Bound bound,
      Accountant accountant)
      throws Exception {
    Plan plan = new Plan(world, wanted(world), wishes.seed());
    Nemesis nemesis =
        new Nemesis(world, fleets, Charges.ONCE, witness, plan, judge::excuse, folder);
    long end = BootClock.nanos() + wishes.length().toNanos();
    while (BootClock.nanos() < end && docket.violations().stream().noneMatch(wishes::endsWith)) {
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
              if (!wound.isMissed()) {
                accountant.count(wound.fault().kind());
              }
              progress.inflicted(wound);
            }

            @Override
            public void healed(Nemesis.Wound wound) {}
          });
      services.awaitPrimary(bound);
      for (String election : List.of(Charges.ONCE, Charges.CRON)) {
        awaitLeader(
            election, Objects.requireNonNull(fleets.get(election)), witness, bound, accountant);
        upkeep.look(Objects.requireNonNull(fleets.get(election)).candidates());
      }
      secrecy.lookAtProcesses(
          witness.alive(Charges.ONCE).stream().map(run -> run.start().pid()).toList());
    }
  }

  private void awaitLeader(
      String election, Fleet fleet, Witness witness, World.Bound bound, Accountant accountant)
      throws InterruptedException {
    LeaderWatch watch = new LeaderWatch(fleet, witness);
    long from = BootClock.nanos();
    Optional<LeaderWatch.Led> back = watch.await(election, bound.whole());
    if (back.isEmpty()) {
      // as long again as the machine itself let nobody run
      back = watch.await(election, judge.stalls().between(from, BootClock.nanos()));
    }
    back.ifPresent(
        led -> {
          accountant.returned(led.after());
          progress.returned(led);
        });
    if (back.isEmpty()) {
      docket.note(
          "I8", "nobody leads %s within %s of the faults' end".formatted(election, bound.whole()));
    }
  }

  private List<Fault> wanted(World world) {
    List<Fault> all = Faults.of(world);
    return wishes.only().isEmpty()
        ? all
        : all.stream().filter(fault -> wishes.only().contains(fault.kind())).toList();
  }
}
