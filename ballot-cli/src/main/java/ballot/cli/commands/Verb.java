package ballot.cli.commands;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The commands of this program, by the words that call them. */
public enum Verb {
  /** Holds elections of services. */
  RUN("run", "hold the elections of services, tag the leader, run hooks", true),
  /** Runs a command while leading. */
  RUN_ONCE("run once", "wait for leadership, run a command while it lasts", true),
  /** Runs a command on schedule while leading. */
  RUN_CRON("run cron", "wait for leadership, run a command on schedule while it lasts", true),
  /** Shows an election. */
  INFO("info", "show the leader, the candidates, and notes on each", true),
  /** Follows an election. */
  WATCH("watch", "print a line for every change of leadership", false),
  /** Asks the leader to go. */
  RESIGN("resign", "ask the leader to step down", false),
  /** Checks the surroundings. */
  DOCTOR("doctor", "check what an election needs", false),
  /** Stops electing. */
  PAUSE("pause", "keep the leader and elect nobody else", false),
  /** Elects again. */
  RESUME("resume", "end a pause", false),
  /** Refuses late writers. */
  FENCE("fence", "run a command unless its fencing token is older than one seen", true),
  /** Shows the plugins. */
  PLUGINS("plugins", "show the backends that were found, with version and origin", true),
  /** Checks the settings. */
  CONFIG_CHECK("config check", "check the settings", false),
  /** Shows the settings. */
  CONFIG_SHOW("config show", "show the effective settings and where each came from", false),
  /** Completes in a shell. */
  COMPLETION("completion", "print the completion script of a shell", false),
  /** Explains. */
  HELP("help", "explain ballot or one of its commands", true);

  private final String words;
  private final String summary;
  private final boolean isThere;

  Verb(String words, String summary, boolean isThere) {
    this.words = words;
    this.summary = summary;
    this.isThere = isThere;
  }

  /** The words, separated by single blanks. */
  public String words() {
    return words;
  }

  /** One clause for people. */
  public String summary() {
    return summary;
  }

  /** Whether this version has it. */
  public boolean isThere() {
    return isThere;
  }

  /** Whether what follows its options is a command to run. */
  boolean takesCommand() {
    return isElected() || this == FENCE;
  }

  /** Whether it runs a command while it leads. */
  boolean isElected() {
    return this == RUN_ONCE || this == RUN_CRON;
  }

  /** Whether more words may follow these. */
  static boolean isGroup(String words) {
    return Arrays.stream(values()).anyMatch(verb -> verb.words.startsWith(words + " "));
  }

  /** By all of its words. */
  static Optional<Verb> of(String words) {
    return Arrays.stream(values()).filter(verb -> verb.words.equals(words)).findFirst();
  }

  /**
   * The words that may come after these: in this version, or in a later one where this has none.
   */
  static Stream<String> after(String words) {
    String prefix = words.isEmpty() ? "" : words + " ";
    boolean isAnyThere = verbs(prefix).anyMatch(Verb::isThere);
    return verbs(prefix)
        .filter(verb -> verb.isThere || !isAnyThere)
        .map(verb -> verb.words.substring(prefix.length()).split(" ", 2)[0])
        .distinct();
  }

  private static Stream<Verb> verbs(String prefix) {
    return Arrays.stream(values()).filter(verb -> verb.words.startsWith(prefix));
  }
}
