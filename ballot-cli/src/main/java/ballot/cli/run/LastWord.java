package ballot.cli.run;

import ballot.api.Term;
import ballot.cli.process.ExitCode;
import ballot.cli.process.Refusal;
import ballot.engine.Chronicle;
import ballot.engine.core.Effect.Level;
import java.util.Arrays;
import java.util.Optional;

/**
 * Remembers why an election ended the run, so that it is said where every error is said, and not
 * only in the log. The engine tells at level error just that.
 */
final class LastWord implements Chronicle {

  private final Chronicle story;
  private volatile Optional<String> reason = Optional.empty();

  LastWord(Chronicle story) {
    this.story = story;
  }

  @Override
  public void tell(Level level, String message, Optional<Term> term) {
    if (level == Level.ERROR) {
      reason = Optional.of(message);
    }
    story.tell(level, message, term);
  }

  /**
   * The status of the run.
   *
   * @param refusal what the store refused last, which knows better whose fault that is
   * @throws Refusal with the reason, if the election itself ended the run
   */
  int orElse(int status, Optional<Refusal> refusal) {
    Optional<String> why = reason;
    if (why.isEmpty()) {
      return status;
    }
    ExitCode code =
        Arrays.stream(ExitCode.values())
            .filter(known -> known.status() == status)
            .findFirst()
            .orElse(ExitCode.FAULT);
    if (code == ExitCode.CONFIGURATION && refusal.isPresent()) {
      throw refusal.get();
    }
    throw new Refusal(code, why.get());
  }
}
