package ballot.zookeeper;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that is logged by us and by what we use, while this is open. */
final class Notes extends Handler {

  private static final Logger ROOT = Logger.getLogger("");

  /** Strong, so that its level is not forgotten. */
  private static final Logger OURS = Logger.getLogger("ballot");

  /** A line of the log. */
  record Note(Level level, String text) {}

  private final List<Note> notes = new CopyOnWriteArrayList<>();

  Notes() {
    setLevel(Level.ALL);
    OURS.setLevel(Level.ALL);
    ROOT.addHandler(this);
  }

  @Override
  public void publish(LogRecord line) {
    String trace = line.getThrown() == null ? "" : " " + line.getThrown();
    notes.add(new Note(line.getLevel(), new SimpleFormatter().formatMessage(line) + trace));
  }

  @Override
  public void flush() {
    // nothing is kept back
  }

  /** All of them. */
  List<String> all() {
    return notes.stream().map(Note::text).toList();
  }

  /** Those that a person is to see. */
  List<String> warnings() {
    return notes.stream()
        .filter(note -> note.level().intValue() >= Level.WARNING.intValue())
        .map(Note::text)
        .toList();
  }

  @Override
  public void close() {
    ROOT.removeHandler(this);
    OURS.setLevel(null);
  }
}
