package ballot.cli.logging;

import ballot.cli.process.Redaction;
import ballot.cli.render.JsonText;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Lines of {@code key=value}, values in quotes where they need them, without colours. */
final class RawFormat implements LineFormat {

  private final Redaction redaction;
  private final Timestamps timestamps = new Timestamps(ZoneOffset.UTC);

  RawFormat(Redaction redaction) {
    this.redaction = redaction;
  }

  @Override
  public void append(StringBuilder text, LogEntry entry) {
    text.append("time=");
    timestamps.appendFull(text, entry.time(), 3);
    appendField(text, "level", entry.level().word());
    appendField(text, "msg", redaction.apply(entry.message()));
    LogContext context = entry.context();
    appendField(text, "election", context.election());
    appendField(text, "candidate", context.candidate());
    appendField(text, "term", context.term());
    appendField(text, "stream", entry.output() == null ? null : entry.output().word());
    appendField(text, "logger", entry.logger());
    if (entry.thrown() != null) {
      appendField(text, "error", redaction.apply(Traces.of(entry.thrown())));
    }
    text.append('\n');
  }

  private static void appendField(StringBuilder text, String key, @Nullable Object value) {
    if (value != null) {
      text.append(' ').append(key).append('=');
      appendValue(text, value.toString());
    }
  }

  /** As it is, or in quotes with escapes as JSON has them. */
  static void appendValue(StringBuilder text, String value) {
    if (!value.isEmpty() && value.chars().allMatch(RawFormat::isPlain)) {
      text.append(value);
    } else {
      JsonText.quote(text, value);
    }
  }

  private static boolean isPlain(int unit) {
    boolean ascii = unit > ' ' && unit < 0x7f;
    return unit > 0xa0 || (ascii && unit != '"' && unit != '=' && unit != '\\');
  }
}
