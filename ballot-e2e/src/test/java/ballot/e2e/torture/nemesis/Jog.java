package ballot.e2e.torture.nemesis;

import java.io.IOException;
import java.util.List;

/** A process that is stopped and let go a few times a second, for what it takes of a processor. */
final class Jog {

  private static final long CYCLE_MILLIS = 100;

  private final List<Long> pids;
  private final int percent;
  private final Thread thread;
  private volatile boolean over;

  /** Begins. */
  Jog(long pid, int percent) {
    this.pids = List.of(pid);
    this.percent = percent;
    this.thread = Thread.ofPlatform().daemon(true).name("torture-jog").start(this::run);
  }

  private void run() {
    try {
      while (!over) {
        Shell.signal("STOP", pids);
        Thread.sleep(CYCLE_MILLIS * (100 - percent) / 100);
        Shell.signal("CONT", pids);
        Thread.sleep(Math.max(1, CYCLE_MILLIS * percent / 100));
      }
    } catch (InterruptedException ended) {
      // it is let go below
    } catch (IOException noProcess) {
      throw new java.io.UncheckedIOException(noProcess);
    }
  }

  /** Lets it go. */
  void end() throws IOException, InterruptedException {
    over = true;
    thread.join();
    Shell.signal("CONT", pids);
  }
}
