package ballot.cli;

import ballot.api.RejectedException;
import ballot.api.UnavailableException;
import ballot.cli.logging.Traces;
import ballot.cli.process.ExitCode;
import ballot.cli.process.OneLine;
import ballot.cli.process.Redaction;
import ballot.cli.process.Refusal;
import ballot.cli.process.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Turns whatever ends a run into a status and one clear line. */
final class Ending {

  /** What a shell says of a program that was writing to a pipe that nobody reads. */
  private static final int BROKEN_PIPE = 128 + 13;

  private final Surroundings here;
  private final boolean debug;

  Ending(Surroundings here, List<String> arguments) {
    this.here = here;
    this.debug =
        arguments.contains("--debug")
            || here.environment().getOrDefault("BALLOT_DEBUG", "").equals("true")
            || here.environment().getOrDefault("DEBUG", "").equals("true");
  }

  int of(Throwable thrown, Redaction redaction) {
    return switch (thrown) {
      case Refusal refusal -> say(refusal.code(), refusal.line(), redaction);
      case UnavailableException silent ->
          say(ExitCode.UNAVAILABLE, String.valueOf(silent.getMessage()), redaction);
      case RejectedException refused ->
          say(ExitCode.CONFIGURATION, String.valueOf(refused.getMessage()), redaction);
      case UncheckedIOException unwritable -> unwritable(unwritable.getCause(), redaction);
      default -> fault(thrown, redaction);
    };
  }

  private int unwritable(IOException unwritable, Redaction redaction) {
    String reason = String.valueOf(unwritable.getMessage());
    return reason.contains("Broken pipe")
        ? BROKEN_PIPE
        : say(ExitCode.OUTPUT, "the output cannot be written: " + reason, redaction);
  }

  private int fault(Throwable thrown, Redaction redaction) {
    String what = thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
    say(
        ExitCode.FAULT,
        "a fault of ours: " + what + (debug ? "" : " (--debug shows where)"),
        redaction);
    if (debug) {
      print(redaction.apply(Traces.of(thrown)));
    }
    return ExitCode.FAULT.status();
  }

  private int say(ExitCode code, String line, Redaction redaction) {
    print("ballot: " + OneLine.of(redaction.apply(line)) + "\n");
    return code.status();
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
