package ballot.cli.commands;

import ballot.api.Candidate;
import ballot.cli.process.Surroundings;
import ballot.cli.settings.EffectiveSettings;
import ballot.cli.settings.RunOnceSettings;
import java.time.Instant;

/** Who stands. */
final class Standing {

  private Standing() {}

  /** This process, by the name that the settings give it. */
  static Candidate candidate(Surroundings here, EffectiveSettings settings) {
    String host = HostName.of(here.environment());
    long pid = ProcessHandle.current().pid();
    String id = settings.find(RunOnceSettings.CANDIDATE_ID).orElse(host + "-" + pid);
    return new Candidate(id, host, pid, Instant.now());
  }
}
