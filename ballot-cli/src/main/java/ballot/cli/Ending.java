package ballot.cli;

import ballot.api.RejectedException;
import ballot.api.UnavailableException;
import ballot.cli.commands.StartReader;
import ballot.cli.logging.Traces;
import ballot.cli.process.ExitCode;
import ballot.cli.process.OneLine;
import ballot.cli.process.Refusal;
import ballot.cli.process.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Turns whatever ends a run into a status and one clear line, after the warnings that may explain
 * it.
 */
final class Ending {

  /** What a shell says of a program that was writing to a pipe that nobody reads. */
  private static final int BROKEN_PIPE = 128 + 13;

  private static final int LONGEST_PART = 1_000;

  private final Surroundings here;
  private final StartReader reader;

  Ending(Surroundings here, StartReader reader) {
    this.here = here;
    this.reader = reader;
  }

  int of(Throwable thrown) {
    reader.warnings().tell().forEach(warning -> printLine("warning: " + warning));
    return switch (thrown) {
      case Refusal refusal -> say(refusal.code(), refusal.line());
      case UnavailableException silent -> say(ExitCode.UNAVAILABLE, messageOf(silent));
      case RejectedException refused -> say(ExitCode.CONFIGURATION, messageOf(refused));
      case UncheckedIOException unwritable -> unwritable(unwritable);
      default -> fault(thrown);
    };
  }

  private static String messageOf(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null ? thrown.getClass().getSimpleName() : message;
  }

  private int unwritable(UncheckedIOException unwritable) {
    Throwable cause = unwritable.getCause();
    String reason = messageOf(cause == null ? unwritable : cause);
    return reason.contains("Broken pipe")
        ? BROKEN_PIPE
        : say(ExitCode.OUTPUT, "the output cannot be written: " + reason);
  }

  private int fault(Throwable thrown) {
    String hint = reader.isDebug() ? "" : " (--debug shows where)";
    String what = "%s: %s".formatted(thrown.getClass().getSimpleName(), thrown.getMessage());
    say(ExitCode.FAULT, "a fault of ours: " + what + hint);
    if (reader.isDebug()) {
      print(reader.redaction().apply(Traces.of(thrown)));
    }
    return ExitCode.FAULT.status();
  }

  private int say(ExitCode code, String line) {
    printLine(line);
    return code.status();
  }

  private void printLine(String line) {
    print("ballot: " + abridged(OneLine.of(reader.redaction().apply(line))) + "\n");
  }

  /**
   * Errors name the word that is wrong, and a word can be of any length: the rest is to be seen.
   */
  private static String abridged(String line) {
    int left = line.length() - 2 * LONGEST_PART;
    return left <= 0
        ? line
        : line.substring(0, LONGEST_PART)
            + " … (%d characters) … ".formatted(left)
            + line.substring(line.length() - LONGEST_PART);
  }

  private void print(String text) {
    try {
      here.stderr().write(text.getBytes(StandardCharsets.UTF_8));
      here.stderr().flush();
    } catch (IOException nobodyListens) {
      // The status is all that is left to tell.
    }
  }
}
