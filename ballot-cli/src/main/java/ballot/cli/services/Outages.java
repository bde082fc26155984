package ballot.cli.services;

import ballot.cli.logging.LogLevel;
import ballot.cli.logging.Story;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tells of what fails again and again once, and once more when it works again. Not thread-safe. */
final class Outages {

  private final Story story;
  private final Map<String, String> failing = new HashMap<>();

  Outages(Story story) {
    this.story = story;
  }

  /** Something fails. */
  void is(String what, String message) {
    boolean isNews = !message.equals(failing.put(what, message));
    story.tell(isNews ? LogLevel.WARN : LogLevel.DEBUG, message, Optional.empty());
  }

  /** It works. */
  void over(String what) {
    String message = failing.remove(what);
    if (message != null) {
      story.tell(LogLevel.INFO, "over: " + message, Optional.empty());
    }
  }
}
