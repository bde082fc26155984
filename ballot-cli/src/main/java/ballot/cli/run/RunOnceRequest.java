package ballot.cli.run;

import ballot.api.Candidate;
import ballot.api.ElectionBackend;
import ballot.api.ElectionName;
import ballot.cli.cron.CronPlan;
import ballot.cli.logging.Log;
import ballot.cli.settings.EffectiveSettings;
import ballot.engine.core.Rules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that {@code run once} or {@code run cron} was asked for, read and checked.
 *
 * @param backend holds the election
 * @param settings to open it with
 * @param election which one
 * @param candidate who stands
 * @param rules the policies and durations
 * @param wrapsOutput whether the command's output becomes lines of the log; otherwise its streams
 *     and its terminal are ours
 * @param command the command and its arguments, at least the command
 * @param environment what the command sees: ours without our secrets; not yet {@code BALLOT_RUN_*}
 * @param workingFolder where the command begins
 * @param cron when to run it, for {@code run cron}; empty runs it once
 * @param log where the story and the command's output go
 */
public record RunOnceRequest(
    ElectionBackend backend,
    EffectiveSettings settings,
    ElectionName election,
    Candidate candidate,
    Rules rules,
    boolean wrapsOutput,
    List<String> command,
    Map<String, String> environment,
    Path workingFolder,
    Optional<CronPlan> cron,
    Log log) {

  /** Copies the collections. */
  public RunOnceRequest {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to run");
    }
  }
}
