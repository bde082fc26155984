package ballot.cli.settings;

import ballot.api.Durations;
import ballot.api.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What {@code run once} takes beside the general settings. */
public final class RunOnceSettings {

  private static final List<String> REACTIONS = List.of("rerun", "reelect", "exit", "ignore");
  private static final String FOR_EVER = "forever";

  /** For display. */
  public static final Setting<String> CANDIDATE_ID =
      Setting.text(
              "candidate-id",
              "The name by which people tell this candidate; <hostname>-<pid> when not given.")
          .withVariables("CANDIDATE_ID")
          .withCheck(RunOnceSettings::complaintAboutCandidate);

  /** After success. */
  public static final Setting<String> ON_CHILD_SUCCESS =
      Setting.choice(
              "on-child-success",
              REACTIONS,
              "When the command ends well: run it again, give leadership back and stand again at"
                  + " the end of the line, exit with its status, or ignore it: 'run once' ends with"
                  + " 0, 'run cron' goes on with the next tick.")
          .withDefault("reelect")
          .withVariables("ON_CHILD_SUCCESS");

  /** After an error. */
  public static final Setting<String> ON_CHILD_ERROR =
      Setting.choice(
              "on-child-error",
              REACTIONS,
              "The same when it fails, dies of a signal or cannot be started.")
          .withDefault("reelect")
          .withVariables("ON_CHILD_ERROR");

  /** When the store is silent. */
  public static final Setting<String> ON_ELECTION_FAILURE =
      Setting.choice(
              "on-election-failure",
              List.of("retry", "run-anyway", "exit"),
              "When the store does not answer: ask again, run the command without leadership"
                  + " (two may run), or exit with 69.")
          .withDefault("retry")
          .withVariables("ON_ELECTION_FAILURE");

  /** When leadership can no longer be proven. */
  public static final Setting<String> ON_LEASE_LOSS =
      Setting.choice(
              "on-lease-loss",
              List.of("terminate", "keep"),
              "When leadership can no longer be proven: end the command before another can start"
                  + " one, or keep it.")
          .withDefault("terminate");

  /** How long to wait. */
  public static final Setting<String> WAIT =
      Setting.text("wait", "How long to wait for leadership (fence: for the lock); 0s tries once.")
          .withDefault(FOR_EVER)
          .withCheck(RunOnceSettings::complaintAboutWait);

  /** How long stopping may take. */
  public static final Setting<Duration> STOP_TIMEOUT =
      Setting.duration("stop-timeout", "From the polite signal to the kill when leaving in order.")
          .withDefault("10s");

  /** Least time between two starts. */
  public static final Setting<Duration> RERUN_DELAY =
      Setting.duration("rerun-delay", "Between two starts of the command; grows after errors.")
          .withDefault("1s");

  /** Whose the command's output is. */
  public static final Setting<Boolean> WRAP_CHILD_LOGS =
      Setting.onOff(
              "wrap-child-logs",
              "Show the command's output as lines of our log; false: its input, output and terminal"
                  + " are ours.")
          .withDefault("true")
          .withVariables("WRAP_CHILD_LOGS");

  private RunOnceSettings() {}

  static List<KnownSetting> all() {
    Scope scope = new Scope.Commands(Set.of("run once", "run cron"));
    Scope all = new Scope.Commands(Set.of("run", "run once", "run cron"));
    return List.of(
        KnownSetting.of(CANDIDATE_ID, all),
        KnownSetting.of(ON_CHILD_SUCCESS, scope),
        KnownSetting.of(ON_CHILD_ERROR, scope),
        KnownSetting.of(ON_ELECTION_FAILURE, scope),
        KnownSetting.of(ON_LEASE_LOSS, scope),
        KnownSetting.of(WAIT, new Scope.Commands(Set.of("run once", "run cron", "fence"))),
        KnownSetting.of(STOP_TIMEOUT, scope),
        KnownSetting.of(RERUN_DELAY, scope),
        KnownSetting.of(WRAP_CHILD_LOGS, scope));
  }

  /** What a value of {@link #WAIT} means; empty is for ever. */
  public static Optional<Duration> longestWait(String text) {
    return text.strip().toLowerCase(Locale.ROOT).equals(FOR_EVER)
        ? Optional.empty()
        : Optional.of(Durations.parse(text));
  }

  private static Optional<String> complaintAboutWait(String text) {
    try {
      Optional<Duration> unused = longestWait(text);
      return Optional.empty();
    } catch (IllegalArgumentException wrong) {
      return Optional.of(wrong.getMessage() + ", or " + FOR_EVER);
    }
  }

  private static Optional<String> complaintAboutCandidate(String id) {
    return id.chars().anyMatch(Character::isISOControl)
        ? Optional.of("a candidate's id has no control characters")
        : Optional.empty();
  }
}
