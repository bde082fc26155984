package ballot.cli.commands;

import static ballot.cli.process.ExitCode.CONFIGURATION;
import static ballot.cli.process.ExitCode.FAULT;
import static ballot.cli.process.ExitCode.HELD;
import static ballot.cli.process.ExitCode.LEADERSHIP_LOST;
import static ballot.cli.process.ExitCode.NOT_EXECUTABLE;
import static ballot.cli.process.ExitCode.NOT_FOUND;
import static ballot.cli.process.ExitCode.NO_LEADER;
import static ballot.cli.process.ExitCode.OUTPUT;
import static ballot.cli.process.ExitCode.SUCCESS;
import static ballot.cli.process.ExitCode.UNAVAILABLE;
import static ballot.cli.process.ExitCode.USAGE;

import ballot.cli.process.ExitCode;
import java.util.List;

/**
 * What the help of a command says beside its options.
 *
 * @param synopsis the command line in short
 * @param description what the command does
 * @param examples command lines that work; a backslash ends a line that goes on
 * @param exitCodes the statuses it ends with
 */
record HelpPage(
    String synopsis, String description, List<String> examples, List<ExitCode> exitCodes) {

  /** Copies the lists. */
  HelpPage {
    examples = List.copyOf(examples);
    exitCodes = List.copyOf(exitCodes);
  }

  /** About the whole. */
  static final HelpPage OVERVIEW =
      new HelpPage(
          "ballot COMMAND [OPTION…] [-- CMD ARG…]",
          "Holds an election over a store that you already run, and acts on the outcome: several"
              + " hosts could do a job, exactly one does it.",
          List.of(
              "ballot run once --backend local -- ./nightly-backup",
              "ballot run once --consul-address 127.0.0.1:8500 \\",
              "    --election jobs/backup -- ./nightly-backup",
              "ballot info --backend local"),
          List.of(SUCCESS, USAGE, UNAVAILABLE, FAULT, CONFIGURATION));

  /** About {@code run}. */
  static final HelpPage RUN =
      new HelpPage(
          "ballot run [OPTION…]",
          "Holds an election for every service under election.enabled in the file: the instance of"
              + " this node stands while it is healthy, the one that leads carries primaryTag, and"
              + " hooks run when that changes. SIGHUP reads the services anew; SIGTERM and SIGINT"
              + " end it in order, with status 0.",
          List.of(
              "ballot run --config /etc/ballot/ballot.yaml",
              "NOMAD_ALLOC_ID=… CONSUL_LEADER_SERVICE_NAME=db ballot run"),
          List.of(SUCCESS, USAGE, UNAVAILABLE, FAULT, CONFIGURATION));

  /** About {@code run once}. */
  static final HelpPage RUN_ONCE =
      new HelpPage(
          "ballot run once [OPTION…] [--] CMD [ARG…]",
          "Waits for leadership, runs CMD while it lasts, and ends it before another candidate can"
              + " start its own. The first word that is no option begins CMD.",
          List.of(
              "ballot run once --backend local -- ./nightly-backup",
              "ballot run once --backend consul --election jobs/worker \\",
              "    --candidate-id worker-7 -- ./worker --threads 4",
              "ballot run once --backend local --wait 0s \\",
              "    --on-child-success exit -- ./once-an-hour",
              "ballot run once --backend local --wrap-child-logs=false -- bash"),
          List.of(
              USAGE,
              UNAVAILABLE,
              FAULT,
              HELD,
              CONFIGURATION,
              LEADERSHIP_LOST,
              NOT_EXECUTABLE,
              NOT_FOUND));

  /** About {@code run cron}. */
  static final HelpPage RUN_CRON =
      new HelpPage(
          "ballot run cron --schedule S [OPTION…] [--] CMD [ARG…]",
          "Waits for leadership and runs CMD on schedule while it lasts. A tick is claimed in the"
              + " store before its run starts, and its outcome is written there after: whoever"
              + " leads next runs no tick twice, and knows which ones no one ran.",
          List.of(
              "ballot run cron --backend local --schedule '*/5 * * * *' -- ./sync",
              "ballot run cron --backend consul --election jobs/report \\",
              "    --schedule 'CRON_TZ=Europe/Berlin 0 3 * * *' \\",
              "    --catch-up last --deadline 1h -- ./nightly-report",
              "ballot run cron --schedule '0 9 * * mon-fri' --next 5"),
          RUN_ONCE.exitCodes());

  /** About {@code info}. */
  static final HelpPage INFO =
      new HelpPage(
          "ballot info [OPTION…]",
          "Shows who leads, who waits, and what a person should know about each. Takes no part in"
              + " the election.",
          List.of(
              "ballot info --backend local",
              "ballot info --backend consul --election jobs/worker -o table",
              "ballot info --backend local --exit-code || echo nobody leads"),
          List.of(SUCCESS, NO_LEADER, USAGE, UNAVAILABLE, FAULT, CONFIGURATION));

  /** About {@code plugins}. */
  static final HelpPage PLUGINS =
      new HelpPage(
          "ballot plugins [OPTION…]",
          "Shows the backends and the kinds of hooks that were found, with the version and the jar"
              + " of each, and what is wrong with plugins that cannot be used.",
          List.of("ballot plugins", "ballot plugins --plugin-dir ./plugins -o json"),
          List.of(SUCCESS, USAGE, FAULT, CONFIGURATION));

  /** About {@code fence}. */
  static final HelpPage FENCE =
      new HelpPage(
          "ballot fence [--token N] --file F [OPTION…] [--] CMD [ARG…]",
          "Runs CMD while holding the lock of F, unless F has seen a higher fencing token: then"
              + " another leader was elected since, and CMD would be late. F remembers the token"
              + " before CMD starts. An equal token runs again: it is the same term. CMD's input,"
              + " output and terminal are those of ballot; signals are passed on to it.",
          List.of(
              "ballot run once --backend consul --election jobs/backup -- \\",
              "    ballot fence --file /var/lib/backup/fence -- ./nightly-backup",
              "ballot fence --token 7 --file ./fence --wait 0s -- ./deploy"),
          List.of(USAGE, FAULT, OUTPUT, HELD, CONFIGURATION, NOT_EXECUTABLE, NOT_FOUND));

  /** What a status means here, where it is something else than elsewhere. */
  static String ofFence(ExitCode code) {
    return switch (code) {
      case HELD -> "F has seen a higher token, or was held until --wait was over";
      case OUTPUT -> "F cannot be written";
      case CONFIGURATION -> "F is damaged, not ours, or cannot be trusted";
      default -> code.meaning();
    };
  }
}
