package ballot.cli.run;

import ballot.cli.process.ExitCode;
import ballot.cli.process.Refusal;

/** Stands in for the engine until it is connected: refuses, whatever is asked. */
public final class NotRunYet implements RunOnce {

  @Override
  public int run(RunOnceRequest request) {
    throw new Refusal(ExitCode.FAULT, "'run once' is not in this version");
  }
}
