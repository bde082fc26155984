package ballot.api;

import java.time.Duration;

/**
 * Something that happens outside when leadership changes, ready to be run. Safe for many threads,
 * which may run it at the same time.
 */
public interface Hook {

  /**
   * What is told to end has so long to do it; then it is ended by force. It counts from the end of
   * the time limit, from the interruption, or from when a hook is over and has left something
   * behind.
   */
  Duration GRACE = Duration.ofSeconds(1);

  /**
   * Runs it to its end, once: nothing is tried again. Blocks, at most for the limit, {@link #GRACE}
   * and the moment that force needs; nothing of it is left when this returns, as far as the kind of
   * hook allows. What cannot be ended by force is left behind and said to be.
   *
   * <p>When the thread is interrupted it ends what it began, as it does at the limit, and returns
   * with the interrupt flag set; a second interruption takes the grace away. When it was
   * interrupted before, it begins nothing.
   *
   * @param limit how long it may take, counted from the call; then it is ended. Whoever must have
   *     it gone by a certain time takes {@link #GRACE} off
   * @param output told what it says, a line at a time, on any thread, one call at a time. It may
   *     block: the hook is not held up, lines that come too fast are dropped and a line says how
   *     many, and this returns all the same, two seconds later at most. No call begins after this
   *     returned. What it throws is of no consequence for the hook
   * @return how it went; a hook that could not be begun has failed, and nothing is thrown
   */
  HookOutcome run(HookCall call, Duration limit, Output output);

  /** Told a line. */
  @FunctionalInterface
  interface Output {

    /**
     * A line.
     *
     * @param text without its line end; control characters are left in it. A line that is very long
     *     comes in pieces
     * @param error whether it is about something that went wrong
     */
    void line(String text, boolean error);
  }
}
