package ballot.engine.simulation;

/** How bad it is between candidates and their store at the moment. */
final class Weather {

  private final World world;
  private final Setup setup;
  private boolean calm;
  private long awayUntil;
  private boolean refusesConnections;

  Weather(World world, Setup setup) {
    this.world = world;
    this.setup = setup;
  }

  /** From now on everything arrives, in good time. */
  void calmDown() {
    calm = true;
    awayUntil = 0;
  }

  boolean isCalm() {
    return calm;
  }

  /** The store is away until then, refusing connections or swallowing questions. */
  void takeStoreAway(long until, boolean refusing) {
    awayUntil = until;
    refusesConnections = refusing;
  }

  boolean isStoreAway() {
    return world.now() < awayUntil;
  }

  boolean refusesConnections() {
    return isStoreAway() && refusesConnections;
  }

  /** Whether something goes wrong that happens with this probability, in this weather. */
  boolean strikes(double probability) {
    return !calm && world.dice.chance(probability);
  }

  /** How long a message takes when nothing is wrong. */
  long leg() {
    long most = isSlow() ? setup.slowLeg() : setup.leg();
    return world.dice.between(most / 4, most);
  }

  /** Whether everything takes so long that nobody can be expected to notice anything in time. */
  boolean isSlow() {
    return !calm && setup.slowLeg() > 0;
  }
}
