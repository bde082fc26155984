package ballot.cli.commands;

import ballot.cli.render.Table;
import ballot.cli.settings.Catalogue;
import java.util.ArrayList;
import java.util.List;

/**
 * What the help of a command says after its options. Picocli keeps these lines as they are if they
 * are short enough, so they are wrapped here.
 */
final class HelpFooter {

  private final Catalogue catalogue;
  private final int width;

  HelpFooter(Catalogue catalogue, int width) {
    this.catalogue = catalogue;
    this.width = width;
  }

  /** The lines. */
  List<String> of(Verb verb, HelpPage page) {
    List<String> lines = new ArrayList<>(List.of("", "Examples:"));
    page.examples().forEach(example -> lines.add("  " + example));
    if (verb == Verb.HELP) {
      lines.add("");
      paragraph(lines, "", "'ballot help run once' explains that command with all of its options.");
      return lines;
    }
    if (verb == Verb.FENCE) {
      lines.addAll(List.of("", "What CMD sees in its environment:"));
      paragraph(lines, "  ", "All that ballot does, and BALLOT_RUN_FENCING_TOKEN, its token.");
      return lines;
    }
    lines.addAll(List.of("", "Settings:"));
    paragraph(
        lines,
        "  ",
        "Every option is also a variable, --log-level as BALLOT_LOG_LEVEL, and a key in a YAML or"
            + " JSON file: 'log-level: debug' or 'consul: {address: …}'. Options beat variables,"
            + " and variables beat the file.");
    paragraph(
        lines,
        "  ",
        "The file is the first of: --config, ~/.config/ballot/ballot.{json,yaml},"
            + " /etc/ballot/ballot.{json,yaml}, ~/.ballot.yaml, ./ballot.{json,yaml} (the last one"
            + " only if it is yours or root's).");
    secrets(lines);
    if (verb == Verb.RUN) {
      serviceKeys(lines);
    }
    if (verb.isElected()) {
      lines.addAll(List.of("", "What CMD sees in its environment:"));
      paragraph(
          lines,
          "  ",
          "BALLOT_RUN_ELECTION, BALLOT_RUN_CANDIDATE_ID, BALLOT_RUN_BACKEND, BALLOT_RUN_LEADER"
              + " (false under run-anyway), BALLOT_RUN_FENCING_TOKEN (a number that only grows)"
              + (verb == Verb.RUN_CRON
                  ? ", BALLOT_RUN_TICK (the time it was scheduled for), BALLOT_RUN_ID."
                  : "."));
    }
    return lines;
  }

  private void serviceKeys(List<String> lines) {
    lines.addAll(List.of("", "In the file, of each service under election.services:"));
    paragraph(lines, "  ", String.join(", ", catalogue.keysOfServices()) + ".");
    lines.addAll(List.of("", "Hooks, execOnPromote and execOnDemote:"));
    paragraph(
        lines,
        "  ",
        "A command line, split as a shell would and run without one; 'sh: SCRIPT' for a shell;"
            + " http://… or https://… to post JSON. They see ADDRESS, PORT, SESSIONID and"
            + " BALLOT_RUN_ROLE, _REASON, _SERVICE, _TERM, _PREVIOUS_LEADER, _NEW_LEADER,"
            + " _FENCING_TOKEN and those of 'run once'.");
  }

  private void secrets(List<String> lines) {
    List<String> secrets =
        catalogue.all().stream()
            .filter(known -> known.setting().isSecret())
            .map(known -> known.name() + " (" + known.setting().variable() + ")")
            .toList();
    if (!secrets.isEmpty()) {
      paragraph(
          lines,
          "  ",
          "Secrets are variables or keys, never options: " + String.join(", ", secrets) + ".");
    }
  }

  private void paragraph(List<String> lines, String indent, String text) {
    Table.wrapped(text, width - 1 - indent.length()).forEach(line -> lines.add(indent + line));
  }
}
