package ballot.api;

import java.time.Duration;

/**
 * Something that happens outside when leadership changes, ready to be run. Safe for many threads.
 */
public interface Hook {

  /**
   * Runs it to its end. Blocks; nothing of it is left when this returns, as far as the kind of hook
   * allows. When the thread is interrupted it ends what it began and returns promptly, with the
   * interrupt flag set.
   *
   * @param limit how long it may take; then it is ended
   * @param output told what it says, a line at a time, on any thread; never called after this
   *     returned
   */
  HookOutcome run(HookCall call, Duration limit, Output output);

  /** Told a line. */
  @FunctionalInterface
  interface Output {

    /**
     * A line.
     *
     * @param error whether it is about something that went wrong
     */
    void line(String text, boolean error);
  }
}
