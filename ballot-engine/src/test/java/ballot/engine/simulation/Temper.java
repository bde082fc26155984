package ballot.engine.simulation;

import static ballot.engine.simulation.Dice.MS;
import static ballot.engine.simulation.Dice.SECOND;

import java.time.Duration;

/**
 * How one run of a command behaves, in nanoseconds of true time.
 *
 * @param startDelay from the order to its first instruction
 * @param cannotStart whether there is no such command
 * @param length how long it runs if it is left alone
 * @param status what it ends with then
 * @param stopDelay how long it takes to end politely
 * @param ignoresStop whether it does not
 * @param endsWellWhenStopped whether it then ends with 0
 * @param guardDelay how late the guard is
 * @param guardReports whether it is known that the guard ended it when its end is known
 * @param deathDelay from the kill until nothing of it is left: with the guard's delay less than the
 *     kill margin
 * @param isStuck whether it takes much longer than any margin to die, as in a broken driver
 * @param noticeDelay until its end is known
 * @param endsAtTheLast whether it ends by itself just when it is about to be killed
 */
record Temper(
    long startDelay,
    boolean cannotStart,
    long length,
    int status,
    long stopDelay,
    boolean ignoresStop,
    boolean endsWellWhenStopped,
    long guardDelay,
    boolean guardReports,
    long deathDelay,
    boolean isStuck,
    long noticeDelay,
    boolean endsAtTheLast) {

  private static final double STUCK = 0.003;

  static Temper drawn(World world, Duration killMargin, boolean calm) {
    Dice dice = world.dice;
    long margin = killMargin.toNanos() * 9 / 10;
    boolean slowStart = dice.chance(0.05);
    boolean slowStop = dice.chance(0.25);
    boolean slowDeath = dice.chance(0.3);
    boolean stuck = !calm && dice.chance(STUCK);
    long guardDelay = dice.between(0, margin / 4);
    count(world, slowStart, Fault.SLOW_START);
    count(world, slowStop, Fault.SLOW_STOP);
    count(world, slowDeath, Fault.SLOW_DEATH);
    count(world, stuck, Fault.STUCK);
    return new Temper(
        slowStart ? dice.scaled(50 * MS, 2 * SECOND) : dice.between(0, 10 * MS),
        !calm && dice.chance(0.03),
        dice.chance(0.4) ? 1_000 * SECOND : dice.scaled(MS, 20 * SECOND),
        dice.chance(0.5) ? 0 : (int) dice.between(1, 7),
        slowStop ? dice.scaled(20 * MS, 15 * SECOND) : dice.between(0, 20 * MS),
        dice.chance(0.25),
        dice.chance(0.3),
        guardDelay,
        dice.chance(0.5),
        stuck ? dice.scaled(SECOND, 20 * SECOND) : death(dice, slowDeath, margin - guardDelay),
        stuck,
        dice.chance(0.05) ? dice.scaled(10 * MS, SECOND) : dice.between(0, 5 * MS),
        dice.chance(0.1));
  }

  private static long death(Dice dice, boolean slow, long most) {
    return slow ? dice.between(most / 2, most) : dice.between(0, Math.min(5 * MS, most));
  }

  private static void count(World world, boolean happens, Fault fault) {
    if (happens) {
      world.tally.count(fault);
    }
  }
}
