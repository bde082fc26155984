package ballot.cli.commands;

import static ballot.cli.process.ExitCode.CONFIGURATION;
import static ballot.cli.process.ExitCode.FAULT;
import static ballot.cli.process.ExitCode.HELD;
import static ballot.cli.process.ExitCode.LEADERSHIP_LOST;
import static ballot.cli.process.ExitCode.NOT_EXECUTABLE;
import static ballot.cli.process.ExitCode.NOT_FOUND;
import static ballot.cli.process.ExitCode.NO_LEADER;
import static ballot.cli.process.ExitCode.SUCCESS;
import static ballot.cli.process.ExitCode.UNAVAILABLE;
import static ballot.cli.process.ExitCode.USAGE;

import ballot.cli.process.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the help pages say beside the lists of options. Lines are wrapped by whoever shows them. */
enum HelpPages {
  /** About the whole. */
  OVERVIEW(
      List.of(
          "Holds an election over a store that you already run, and acts on the outcome: several"
              + " hosts could do a job, exactly one does it."),
      List.of(
          "ballot run once --backend local -- ./nightly-backup",
          "ballot run once --consul-address 127.0.0.1:8500 --election jobs/backup -- ./backup",
          "ballot info --backend local"),
      List.of(SUCCESS, USAGE, UNAVAILABLE, FAULT, CONFIGURATION)),
  /** About {@code run once}. */
  RUN_ONCE(
      List.of(
          "Waits for leadership, runs CMD while it lasts, and ends it before another candidate can"
              + " start its own. The first word that is no option begins CMD."),
      List.of(
          "ballot run once --backend local --candidate-id one -- ./nightly-backup",
          "ballot run once --backend consul --election jobs/worker -- ./worker --threads 4",
          "ballot run once --backend local --wait 0s --on-child-success exit -- ./once-an-hour",
          "ballot run once --backend local --wrap-child-logs=false -- bash"),
      List.of(
          USAGE,
          UNAVAILABLE,
          FAULT,
          HELD,
          CONFIGURATION,
          LEADERSHIP_LOST,
          NOT_EXECUTABLE,
          NOT_FOUND)),
  /** About {@code info}. */
  INFO(
      List.of(
          "Shows who leads, who waits, and what a person should know about each. Takes no part in"
              + " the election."),
      List.of(
          "ballot info --backend local",
          "ballot info --backend consul --election jobs/worker -o table",
          "ballot info --backend local --exit-code >/dev/null || echo nobody leads"),
      List.of(SUCCESS, NO_LEADER, USAGE, UNAVAILABLE, FAULT, CONFIGURATION)),
  /** About {@code plugins}. */
  PLUGINS(
      List.of(
          "Shows the backends that were found, with the version and the jar of each, and what is"
              + " wrong with plugins that cannot be used."),
      List.of("ballot plugins", "ballot plugins --plugin-dir ./plugins -o json"),
      List.of(SUCCESS, USAGE, FAULT, CONFIGURATION));

  private final List<String> description;
  private final List<String> examples;
  private final List<ExitCode> exitCodes;

  HelpPages(List<String> description, List<String> examples, List<ExitCode> exitCodes) {
    this.description = description;
    this.examples = examples;
    this.exitCodes = exitCodes;
  }

  String[] description() {
    return description.toArray(String[]::new);
  }

  List<ExitCode> exitCodes() {
    return exitCodes;
  }

  /** What it means when the status is the command's. */
  Optional<String> ownStatus() {
    return this == RUN_ONCE
        ? Optional.of("the command's own, where a policy says exit; 128+n for signal n")
        : Optional.empty();
  }

  /** Examples, environment and files. */
  List<String> footer(List<String> secrets) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Examples:");
    examples.forEach(example -> lines.add("  " + example));
    if (this == OVERVIEW) {
      lines.add("");
      lines.add("'ballot help run once' explains a command with all of its options.");
      return lines;
    }
    lines.add("");
    lines.add("Settings:");
    lines.add(
        "  Each option is a variable too, --log-level as BALLOT_LOG_LEVEL, and a key in a YAML or"
            + " JSON file, log-level: or consul: {address: …}. Options beat variables, variables"
            + " beat the file. The file is the first of --config, ~/.config/ballot/ballot.json or"
            + " .yaml, /etc/ballot/ballot.json or .yaml, ~/.ballot.yaml, ./ballot.json or .yaml.");
    if (!secrets.isEmpty()) {
      lines.add("  Secrets are variables or keys, never options: " + String.join(", ", secrets));
    }
    if (this == RUN_ONCE) {
      lines.add("");
      lines.add("Environment of CMD:");
      lines.add(
          "  BALLOT_RUN_ELECTION, BALLOT_RUN_CANDIDATE_ID, BALLOT_RUN_BACKEND, BALLOT_RUN_LEADER"
              + " (false under run-anyway) and BALLOT_RUN_FENCING_TOKEN, a number that only"
              + " grows.");
    }
    return lines;
  }
}
