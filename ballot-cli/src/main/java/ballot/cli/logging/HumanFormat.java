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

  private void appendContext(StringBuilder text, LogEntry entry) {
    LogContext context = entry.context();
    if (context.equals(LogContext.NONE) && entry.output() == null) {
      return;
    }
    coloured(
        text,
        DIM,
        () -> {
          text.append(' ');
          appendField(text, "election", context.election());
          appendField(text, "candidate", context.candidate());
          appendField(text, "term", context.term());
          appendField(text, "stream", entry.output() == null ? null : entry.output().word());
        });
  }

  private static void appendField(StringBuilder text, String key, @Nullable Object value) {
    if (value != null) {
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
