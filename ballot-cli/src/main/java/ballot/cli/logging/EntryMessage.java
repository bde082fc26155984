package ballot.cli.logging;

import org.apache.logging.log4j.message.Message;
import org.jspecify.annotations.Nullable;

/** Carries an entry through log4j2 to the layout that knows how it looks. */
final class EntryMessage implements Message {

  private static final long serialVersionUID = 1L;

  private final transient LogEntry entry;

  EntryMessage(LogEntry entry) {
    this.entry = entry;
  }

  LogEntry entry() {
    return entry;
  }

  @Override
  public String getFormattedMessage() {
    return entry.message();
  }

  @Override
  public Object[] getParameters() {
    return new Object[0];
  }

  @Override
  public @Nullable Throwable getThrowable() {
    return entry.thrown();
  }
}
