package ballot.e2e.torture.nemesis;

import ballot.api.BootClock;
import ballot.e2e.torture.witness.Run;
import ballot.e2e.torture.witness.Witness;
import ballot.e2e.torture.world.Candidate;
import ballot.e2e.torture.world.Fleet;
import ballot.e2e.torture.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Carries out a plan, one round after the other. */
public final class Nemesis {

  private final World world;
  private final Map<String, Fleet> fleets;
  private final String favourite;
  private final Witness witness;
  private final Plan plan;
  private final Losses losses;
  private final Path folder;

  /**
   * A nemesis with nothing done yet.
   *
   * @param favourite the election that suffers most
   */
  public Nemesis(
      World world,
      Map<String, Fleet> fleets,
      String favourite,
      Witness witness,
      Plan plan,
      Consumer<Candidate.Incarnation> excuse,
      Path folder) {
    this.world = world;
    this.fleets = new TreeMap<>(fleets);
    this.favourite = favourite;
    this.witness = witness;
    this.plan = plan;
    this.losses = new Losses(excuse);
    this.folder = folder;
  }

  /** Hears what is done. */
  public interface Audience {

    /** A fault is about to be done. */
    void before(Fault fault);

    /** A fault was done. */
    void inflicted(Wound wound);

    /** It was undone. */
    void healed(Wound wound);
  }

  /** A fault that was done, and to whom. */
  public record Wound(Fault fault, String whom, boolean isMissed, long atNanos, Duration lasts) {}

  private record Open(Wound wound, Injury injury, long healAt) {}

  /** Plays a round, and returns when all of it is undone. */
  public void round(Audience audience) throws Exception {
    Plan.Round round = plan.next();
    Thread.sleep(round.pause());
    long begin = BootClock.nanos();
    List<Open> open = new ArrayList<>();
    for (Plan.Strike strike : round.strikes()) {
      long at = begin + strike.after().toNanos();
      heal(open, at, audience);
      awaitMoment(at);
      open.add(inflict(strike, audience));
    }
    heal(open, Long.MAX_VALUE, audience);
  }

  private static void awaitMoment(long at) throws InterruptedException {
    Thread.sleep(Duration.ofNanos(Math.max(0, at - BootClock.nanos())));
  }

  private static void heal(List<Open> open, long until, Audience audience) throws Exception {
    open.sort(Comparator.comparing(Open::healAt));
    while (!open.isEmpty() && open.getFirst().healAt() <= until) {
      Open next = open.removeFirst();
      awaitMoment(next.healAt());
      next.injury().heal();
      audience.healed(next.wound());
    }
  }

  private Open inflict(Plan.Strike strike, Audience audience) throws Exception {
    SplittableRandom random = new SplittableRandom(strike.seed());
    String election = election(random);
    List<Candidate> candidates = Objects.requireNonNull(fleets.get(election)).candidates();
    Candidate victim =
        leader(election, strike.aimsHigh() || strike.fault().wantsLeader())
            .orElse(candidates.get(strike.index() % candidates.size()));
    Scene scene =
        new Scene(
            world,
            election,
            witness,
            victim,
            strike.index(),
            strike.aimsHigh(),
            random,
            strike.lasts(),
            losses,
            folder);
    audience.before(strike.fault());
    Injury injury = strike.fault().inflict(scene);
    long now = BootClock.nanos();
    Wound wound = new Wound(strike.fault(), injury.whom(), injury.isMissed(), now, strike.lasts());
    audience.inflicted(wound);
    return new Open(wound, injury, now + strike.lasts().toNanos());
  }

  /** The favourite half of the time, or else any. */
  private String election(SplittableRandom random) {
    List<String> elections = List.copyOf(fleets.keySet());
    int index = random.nextInt(2 * elections.size());
    return index < elections.size() ? elections.get(index) : favourite;
  }

  /** Between two ticks of a schedule nothing of its leader runs. */
  private Optional<Candidate> leader(String election, boolean isWanted) {
    Optional<Run> run =
        isWanted ? witness.leader(election).or(() -> witness.latest(election)) : Optional.empty();
    return run.flatMap(
        leading ->
            Objects.requireNonNull(fleets.get(election)).candidates().stream()
                .filter(candidate -> candidate.name().equals(leading.start().candidate()))
                .findFirst());
  }
}
