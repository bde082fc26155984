package ballot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.cli.run.RunOnceRequest;
import ballot.cli.settings.EffectiveSettings;
import ballot.cli.settings.GeneralSettings;
import ballot.cli.testing.Trial;
import ballot.cli.testing.Trial.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example configurations of ncode/ballot and scality/ballot are read as they are. */
final class SucceededSystemsTest {

  static final String NCODE =
      """
      consul:
        token:                                    # Consul token
      election:
        enabled:
          - my-service-name                       # Name of the service enabled for election
        services:
          my-service-name:                        # Name of the service
            id: my-service-name                   # ID of the service
            key: my-service-name                  # Key to be used for the lock in Consul, this should be the same across all nodes
            token:                                # Token to be used for the session in Consul
            serviceChecks:                        # List of checks to be used to determine the health of the service
              - ping                              # Name of the check
            primaryTag: primary                   # Tag to be used to mark the leader
            execOnPromote: '/bin/echo primary'    # Command to be executed when the service is elected as leader
            execOnDemote: '/bin/echo secondary'   # Command to be executed when the service is demoted as leader
            ttl: 10s                              # TTL for the session
            lockDelay: 5s                         # Lock delay for the session
      """;

  static final String SCALITY =
      """
      ---
      zookeeper-servers:
      - server1
      - server2
      - 'server3:2181'
      zookeeper-base-path: /com/scality/backbeat/singleton
      zookeeper-session-timeout: 5s
      log-level: debug
      log-format: json
      """;

  @TempDir private Path folder;

  private Trial trial() {
    return new Trial(Main::run, folder);
  }

  @Test
  void ncodes_file_is_read_where_ncode_looks_for_it() {
    Trial trial = trial();
    trial.file("home/.ballot.yaml", NCODE);
    Outcome outcome = trial.run("run", "once", "--backend", "notebook", "true");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.stdout()).contains("settings are read from", ".ballot.yaml");
  }

  @Test
  void ncodes_file_may_say_all_that_ballot_run_will_know() {
    Trial trial = trial().with("NOMAD_ALLOC_ID", "4711");
    trial.file(
        "work/b.yaml",
        """
        election:
          enabled: [web]
          services:
            web:
              id: _nomad-task-${NOMAD_ALLOC_ID}-*
              hookTimeout: 30s
              replicaTag: replica
              requirePromote: true
              sessionMeta: true
              priority: 5
              preempt: false
              name: web
              register:
                address: 10.0.0.1
                port: 80
                tags: [a, b]
                check: {http: "http://10.0.0.1/health", interval: 10s}
        """);
    assertThat(trial.run("run", "once", "--backend=notebook", "--config=b.yaml", "true").status())
        .isZero();
  }

  @Test
  void ncodes_command_line_is_recognised() {
    Trial trial = trial().with("PATH", System.getenv("PATH"));
    trial.file("work/config.yaml", NCODE);
    Outcome outcome = trial.run("run", "--config", "config.yaml");
    assertThat(outcome.stderr()).isEmpty();
    assertThat(outcome.services().orElseThrow().services()).isNotEmpty();
  }

  @Test
  void scalitys_file_is_read_and_chooses_zookeeper() {
    Trial trial = trial();
    trial.file("work/ballot.yaml", SCALITY);
    RunOnceRequest request =
        trial
            .run(
                "--config-file",
                "./ballot.yaml",
                "run",
                "once",
                "--candidate-id",
                "x",
                "--",
                "true")
            .handedOver();
    assertThat(request.backend().name()).isEqualTo("zookeeper");
    EffectiveSettings settings = request.settings();
    assertThat(settings.get(GeneralSettings.ELECTION)).isEqualTo("/com/scality/backbeat/singleton");
    assertThat(settings.get(GeneralSettings.LOG_LEVEL)).isEqualTo("debug");
    assertThat(settings.get(GeneralSettings.LOG_FORMAT)).isEqualTo("json");
  }

  @Test
  void scalitys_options_are_taken_before_the_command() {
    Outcome outcome =
        trial()
            .run(
                "--zookeeper-servers",
                "server1",
                "--zookeeper-servers",
                "server2",
                "--zookeeper-servers",
                "server3:2181",
                "--zookeeper-base-path",
                "/com/scality/backbeat/singleton",
                "--zookeeper-session-timeout",
                "5s",
                "--log-level",
                "debug",
                "--log-format",
                "json",
                "run",
                "once",
                "true");
    assertThat(outcome.handedOver().backend().name()).isEqualTo("zookeeper");
  }

  @Test
  void scalitys_variables_are_read() {
    Outcome outcome =
        trial()
            .with("ZOOKEEPER_SERVERS", "server1,server2,server3:2181")
            .with("ZOOKEEPER_BASE_PATH", "/com/scality/backbeat/singleton")
            .with("ZOOKEEPER_SESSION_TIMEOUT", "5s")
            .with("LOG_LEVEL", "debug")
            .with("LOG_FORMAT", "json")
            .run("run", "once", "true");
    assertThat(outcome.handedOver().backend().name()).isEqualTo("zookeeper");
    assertThat(outcome.handedOver().settings().get(GeneralSettings.ELECTION))
        .isEqualTo("/com/scality/backbeat/singleton");
  }
}
