package ballot.cli.run;

import ballot.cli.process.ExitCode;
import ballot.cli.process.Refusal;
import ballot.exec.CommandLookup;
import java.util.List;
import java.util.Map;

/** Finds what cannot be executed before anything is done for it. */
public final class Executable {

  private Executable() {}

  /**
   * Looks for a command on the {@code PATH} that it will see.
   *
   * @throws Refusal if there is none, or it cannot be executed
   */
  public static void refuseUnlessThere(List<String> command, Map<String, String> environment) {
    switch (CommandLookup.of(command.getFirst(), environment.get("PATH"))) {
      case CommandLookup.Found found -> {}
      case CommandLookup.NotFound not -> throw new Refusal(ExitCode.NOT_FOUND, not.message());
      case CommandLookup.NotExecutable not ->
          throw new Refusal(ExitCode.NOT_EXECUTABLE, not.message());
    }
  }
}
