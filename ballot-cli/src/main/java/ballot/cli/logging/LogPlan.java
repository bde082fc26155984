package ballot.cli.logging;

import ballot.cli.process.Redaction;

/**
 * How a run logs.
 *
 * @param level the least that is logged
 * @param format how lines look
 * @param terminal whether a terminal shows them
 * @param colours whether that terminal may be sent colours
 * @param redaction takes secrets out
 */
public record LogPlan(
    LogLevel level, Format format, boolean terminal, boolean colours, Redaction redaction) {

  /** How lines look. */
  public enum Format {
    /** For people. */
    HUMAN,
    /** One JSON object a line. */
    JSON,
    /** {@code key=value}. */
    RAW
  }

  LineFormat lines() {
    return switch (format) {
      case HUMAN -> new HumanFormat(terminal, terminal && colours, redaction);
      case JSON -> new JsonFormat(redaction);
      case RAW -> new RawFormat(redaction);
    };
  }
}
