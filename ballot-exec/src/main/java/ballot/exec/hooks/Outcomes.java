package ballot.exec.hooks;

import ballot.api.Durations;
import ballot.api.HookOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How hooks end, in the words of all kinds. */
final class Outcomes {

  private Outcomes() {}

  static HookOutcome succeeded(String message) {
    return new HookOutcome(true, message);
  }

  static HookOutcome failed(String message) {
    return new HookOutcome(false, message);
  }

  /** Why a hook is not even begun; null if it may be. */
  static @Nullable HookOutcome beforeBeginning(Duration limit) {
    if (Thread.currentThread().isInterrupted()) {
      return failed("not begun: interrupted");
    }
    return limit.isPositive() ? null : failed("not begun: no time was left for it");
  }

  /** A duration for people: no finer than a millisecond. */
  static String text(Duration duration) {
    return Durations.format(Duration.ofMillis(duration.toMillis()));
  }

  /** What went wrong, in the words of whoever knows best. */
  static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
