package ballot.consul;

/**
 * Keeps a watch from running hot where much changes that does not concern it: so many wakes at
 * once, and then so many a second.
 */
final class Pace {

  private static final int BURST = 20;
  private static final long NANOS_PER_WAKE = 100_000_000L;

  private double stock = BURST;
  private long lastWake;

  /** Milliseconds to wait before asking again. */
  long afterWake(long now) {
    stock =
        lastWake == 0 ? BURST : Math.min(BURST, stock + (double) (now - lastWake) / NANOS_PER_WAKE);
    lastWake = now;
    if (stock >= 1) {
      stock -= 1;
      return 0;
    }
    return NANOS_PER_WAKE / 1_000_000;
  }
}
