package ballot.engine.agenda;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is to be done about the ticks that are due. */
sealed interface Decision {

  /** Nothing yet. */
  record Rest(Optional<Instant> until) implements Decision {}

  /** Something is due, and waits until what runs has ended. */
  record Hold() implements Decision {}

  /** Something is due, and what runs is to be ended for it. */
  record Displace() implements Decision {}

  /** Everything that is due up to a tick is not to be run. */
  record PassOver(List<Entry.NotRun> passed, Instant until) implements Decision {}

  /** A tick is to be run, and those before it are not. */
  record Claim(List<Entry.NotRun> passed, Instant tick) implements Decision {}
}
