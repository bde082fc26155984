package ballot.cli.logging;

import ballot.cli.process.Redaction;
import ballot.cli.render.JsonText;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** One JSON object a line. */
final class JsonFormat implements LineFormat {

  private final Redaction redaction;
  private final Timestamps timestamps = new Timestamps(ZoneOffset.UTC);

  JsonFormat(Redaction redaction) {
    this.redaction = redaction;
  }

  @Override
  public void append(StringBuilder text, LogEntry entry) {
    text.append("{\"time\":\"");
    timestamps.appendFull(text, entry.time(), 6);
    text.append('"');
    appendField(text, "level", entry.level().word());
    appendField(text, "logger", entry.logger());
    appendField(text, "message", redaction.apply(entry.message()));
    LogContext context = entry.context();
    appendField(text, "election", context.election());
    appendField(text, "candidate", context.candidate());
    if (context.term() != null) {
      text.append(",\"term\":").append(context.term().longValue());
    }
    appendField(text, "stream", entry.output() == null ? null : entry.output().word());
    if (entry.thrown() != null) {
      appendField(text, "error", redaction.apply(Traces.of(entry.thrown())));
    }
    text.append("}\n");
  }

  private static void appendField(StringBuilder text, String key, @Nullable String value) {
    if (value != null) {
      text.append(",\"").append(key).append("\":");
      JsonText.quote(text, value);
    }
  }
}
