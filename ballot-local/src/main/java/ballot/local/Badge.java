package ballot.local;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells candidacies apart, in the names of their files: the process, and which of its candidacies.
 */
record Badge(ProcessIdentity process, long number) {

  private static final AtomicLong LAST = new AtomicLong();

  /** A badge that nobody has. */
  static Badge next() {
    return new Badge(ProcessIdentity.self(), LAST.incrementAndGet());
  }

  String text() {
    return process.text() + "." + number;
  }

  /** Reads {@link #text()}. */
  static Optional<Badge> parse(String text) {
    int end = text.lastIndexOf('.');
    if (end < 0 || !text.substring(end + 1).matches("\\d{1,18}")) {
      return Optional.empty();
    }
    long number = Long.parseLong(text.substring(end + 1));
    return ProcessIdentity.parse(text.substring(0, end)).map(who -> new Badge(who, number));
  }
}
