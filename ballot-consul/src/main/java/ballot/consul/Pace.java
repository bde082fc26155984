package ballot.consul;

/**
 * Keeps a watch from running hot: where much changes that does not concern it, and where there is
 * much to read at every change.
 */
final class Pace {

  private static final int BURST = 20;
  private static final long PAUSE_NANOS = 100_000_000L;
  private static final long NANOS_PER_WAKE = 2 * PAUSE_NANOS;

  /** So many entries are read without a pause after, and so much is paused for each beyond. */
  private static final int FREE_ENTRIES = 20;

  private static final long NANOS_PER_ENTRY = 50_000L;
  private static final long IDLE_NANOS_PER_ENTRY = 500_000L;

  private double stock = BURST;
  private long lastWake;

  /**
   * Milliseconds to wait before asking again.
   *
   * @param now nanoseconds
   * @param concerned whether something changed that somebody waits for
   * @param entries how much there was to read
   */
  long afterWake(long now, boolean concerned, int entries) {
    double earned = lastWake == 0 ? 0 : (double) (now - lastWake) / NANOS_PER_WAKE;
    stock = Math.min(BURST, stock + earned);
    lastWake = now;
    long heavy = Math.max(0, entries - FREE_ENTRIES);
    if (concerned) {
      return heavy * NANOS_PER_ENTRY / 1_000_000;
    }
    if (stock >= 1) {
      stock -= 1;
      return heavy * NANOS_PER_ENTRY / 1_000_000;
    }
    return (PAUSE_NANOS + heavy * IDLE_NANOS_PER_ENTRY) / 1_000_000;
  }
}
