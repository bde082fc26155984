package ballot.cli.logging;

import java.nio.charset.StandardCharsets;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.layout.AbstractStringLayout;

/** Gives log4j2 the line of an entry. */
final class EntryLayout extends AbstractStringLayout {

  private final LineFormat format;
  private final StringBuilder line = new StringBuilder();

  EntryLayout(LineFormat format) {
    super(StandardCharsets.UTF_8);
    this.format = format;
  }

  @Override
  public String toSerializable(LogEvent event) {
    line.setLength(0);
    format.append(line, ((EntryMessage) event.getMessage()).entry());
    return line.toString();
  }
}
