package ballot.cli.services;

import ballot.api.Term;
import ballot.engine.Chronicle;
import ballot.engine.core.Effect.Level;
import java.util.Optional;

/** Passes the story on, and remembers what was told last: the reason for what follows. */
final class Reasons implements Chronicle {

  private static final String STEPPING_DOWN = "stepping down: ";

  private final Chronicle story;
  private volatile String last = "";

  Reasons(Chronicle story) {
    this.story = story;
  }

  @Override
  public void tell(Level level, String message, Optional<Term> term) {
    if (level != Level.DEBUG) {
      last =
          message.startsWith(STEPPING_DOWN) ? message.substring(STEPPING_DOWN.length()) : message;
    }
    story.tell(level, message, term);
  }

  /** Why, in a clause. */
  String last() {
    return last;
  }
}
