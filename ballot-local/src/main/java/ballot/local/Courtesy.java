package ballot.local;

import ballot.api.RejectedException;
import ballot.api.Term;
import java.io.IOException;

/**
 * Lets those who wait in other processes go first after a resignation. The kernel keeps no line:
 * without this the process that gave the lock back could take it again before the others are awake.
 */
final class Courtesy {

  /** Long enough for a process to wake up and take the lock; one that is stopped never does. */
  private static final long LONGEST_NANOS = 250_000_000;

  private final ElectionFolder folder;
  private final TermFile terms;
  private boolean due;
  private long began;
  private long after;

  Courtesy(ElectionFolder folder, TermFile terms) {
    this.folder = folder;
    this.terms = terms;
  }

  /** A term was given back. */
  void begin(Term term) throws IOException {
    began = System.nanoTime();
    after = term.number();
    due = Line.of(folder).hasOthersWaiting();
  }

  /** Whether the others are still to have their turn. */
  boolean isDue() throws IOException, RejectedException {
    if (due) {
      boolean over = System.nanoTime() - began > LONGEST_NANOS;
      due = !over && terms.read().map(TermText::highest).orElse(0L) <= after;
    }
    return due;
  }
}
