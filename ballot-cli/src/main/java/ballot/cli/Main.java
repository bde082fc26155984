package ballot.cli;

import ballot.cli.fence.FencedRun;
import ballot.cli.fence.RunFenced;
import ballot.cli.logging.SystemLoggers;
import ballot.cli.process.Surroundings;
import ballot.cli.run.ElectionRun;
import ballot.cli.run.RunOnce;
import ballot.cli.services.RunServices;
import ballot.cli.services.ServicesProgram;
import java.util.List;

/** Where the program begins. */
public final class Main {

  private Main() {}

  /** Runs, and ends with the status. */
  public static void main(String[] arguments) {
    Thread.setDefaultUncaughtExceptionHandler(SystemLoggers::uncaught);
    System.exit(run(List.of(arguments), Surroundings.ofThisProcess()));
  }

  /** Runs in these surroundings and gives back the status to end with. Throws nothing. */
  public static int run(List<String> arguments, Surroundings here) {
    return run(arguments, here, new ElectionRun(), new ServicesProgram(), new FencedRun());
  }

  /**
   * The same with something else to run a command under an election or under a fence, or to stand
   * for services.
   */
  static int run(
      List<String> arguments,
      Surroundings here,
      RunOnce runner,
      RunServices services,
      RunFenced fence) {
    return new Program(here, runner, services, fence).run(arguments);
  }
}
