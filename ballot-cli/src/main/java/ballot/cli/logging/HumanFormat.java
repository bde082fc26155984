package ballot.cli.logging;

import ballot.cli.process.Redaction;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Lines for people: time, level, message, and what the line is about as {@code key=value}. On a
 * terminal the time is short, the level has a colour and the command's own lines are set apart.
 */
final class HumanFormat implements LineFormat {

  private static final String RESET = "\u001b[0m";
  private static final String DIM = "\u001b[2m";

  private final boolean terminal;
  private final boolean colours;
  private final Redaction redaction;
  private final Timestamps timestamps = new Timestamps(ZoneId.systemDefault());
  private LogContext shown = LogContext.NONE;

  HumanFormat(boolean terminal, boolean colours, Redaction redaction) {
    this.terminal = terminal;
    this.colours = colours;
    this.redaction = redaction;
  }

  @Override
  public void append(StringBuilder text, LogEntry entry) {
    if (terminal) {
      coloured(text, DIM, () -> timestamps.appendClock(text, entry.time()));
    } else {
      timestamps.appendFull(text, entry.time(), 3);
    }
    text.append(' ');
    coloured(text, colourOf(entry.level()), () -> appendLevel(text, entry.level()));
    text.append(terminal && entry.output() != null ? " | " : " ");
    text.append(redaction.apply(entry.message()));
    if (!terminal || entry.output() == null) {
      appendContext(text, entry);
    }
    text.append('\n');
    if (entry.thrown() != null) {
      text.append(redaction.apply(Traces.of(entry.thrown())));
    }
  }

  private static void appendLevel(StringBuilder text, LogLevel level) {
    String name = level.name();
    text.append(name).append(" ".repeat(5 - name.length()));
  }

  /** On a terminal only what is new: who runs ballot there knows what the last lines were about. */
  private void appendContext(StringBuilder text, LogEntry entry) {
    LogContext context = entry.context();
    LogContext before = terminal ? shown : LogContext.NONE;
    StringBuilder fields = new StringBuilder();
    appendField(fields, "election", context.election(), before.election());
    appendField(fields, "candidate", context.candidate(), before.candidate());
    appendField(fields, "term", context.term(), before.term());
    appendField(fields, "stream", entry.output() == null ? null : entry.output().word(), null);
    if (!fields.isEmpty()) {
      coloured(text, DIM, () -> text.append(' ').append(fields));
    }
    if (!context.equals(LogContext.NONE)) {
      shown = context;
    }
  }

  private static void appendField(
      StringBuilder text, String key, @Nullable Object value, @Nullable Object before) {
    if (value != null && !value.equals(before)) {
      text.append(' ').append(key).append('=');
      RawFormat.appendValue(text, value.toString());
    }
  }

  private void coloured(StringBuilder text, String colour, Runnable writer) {
    boolean on = colours && !colour.isEmpty();
    if (on) {
      text.append(colour);
    }
    writer.run();
    if (on) {
      text.append(RESET);
    }
  }

  private static String colourOf(LogLevel level) {
    return switch (level) {
      case TRACE, DEBUG -> DIM;
      case INFO -> "\u001b[32m";
      case WARN -> "\u001b[33m";
      case ERROR -> "\u001b[31m";
      case FATAL, PANIC -> "\u001b[1;31m";
    };
  }
}
