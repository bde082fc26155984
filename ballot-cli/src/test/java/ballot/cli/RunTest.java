package ballot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ballot.api.ServiceSpec;
import ballot.cli.process.Refusal;
import ballot.cli.services.ServicePlan;
import ballot.cli.services.ServicesRequest;
import ballot.cli.settings.ServiceElection;
import ballot.cli.testing.Trial;
import ballot.cli.testing.Trial.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ballot run} hands over, and what it refuses before anything starts. */
final class RunTest {

  private static final String TWO =
      """
      election:
        enabled: [web, db]
        services:
          web:
            id: web-1
            key: election/web
          db:
            id: db-1
            key: election/db
            token: of-the-db
            replicaTag: replica
      """;

  @TempDir Path folder;

  private Trial trial() {
    return new Trial(Main::run, folder).with("PATH", System.getenv("PATH"));
  }

  private static ServiceElection only(Outcome outcome) {
    assertThat(outcome.stderr()).isEmpty();
    List<ServicePlan> services = outcome.services().orElseThrow().services();
    assertThat(services).hasSize(1);
    return services.getFirst().what();
  }

  @Test
  void the_example_of_ncode_ballot_works_as_it_is() {
    Trial trial = trial();
    trial.file(
        "home/.ballot.yaml",
        """
        consul:
          token:                                    # Consul token
        election:
          enabled:
            - my-service-name
          services:
            my-service-name:
              id: my-service-name
              key: my-service-name
              token:
              serviceChecks:
                - ping
              primaryTag: primary
              execOnPromote: '/bin/echo primary'
              execOnDemote: '/bin/echo secondary'
              ttl: 10s
              lockDelay: 5s
        """);

    Outcome outcome = trial.run("run");

    ServiceElection what = only(outcome);
    assertThat(outcome.services().orElseThrow().backend().name()).isEqualTo("consul");
    assertThat(what.election().path()).isEqualTo("my-service-name");
    assertThat(what.spec().service()).isEqualTo("my-service-name");
    assertThat(what.spec().checks()).containsExactly("ping");
    assertThat(what.spec().lockDelay()).isEqualTo(Duration.ofSeconds(5));
    assertThat(what.spec().token()).isEmpty();
    assertThat(what.hookTimeout()).isEqualTo(Duration.ofSeconds(30)); // 2 x (ttl + lockDelay)
  }

  @Test
  void the_variables_of_the_sidecar_are_enough() {
    Outcome outcome =
        trial()
            .with("NOMAD_ALLOC_ID", "8c1f")
            .with("CONSUL_LEADER_SERVICE_NAME", "db")
            .with("CONSUL_LEADER_REPLICA_LABEL", "replica")
            .with("CONSUL_LEADER_SLEEP", "10")
            .with("CONSUL_HTTP_ADDR", "http://localhost:8500")
            .run("run");

    ServiceSpec spec = only(outcome).spec();
    assertThat(only(outcome).election().path()).isEqualTo("consul-leader/db/lock");
    assertThat(spec.service()).isEmpty();
    assertThat(spec.id()).isEqualTo("_nomad-task-8c1f-*");
    assertThat(spec.primaryTag()).isEqualTo("primary");
    assertThat(spec.replicaTag()).contains("replica");
    assertThat(spec.sessionMeta()).contains("session");
    assertThat(spec.ttl()).isEqualTo(Duration.ofSeconds(15));
    assertThat(spec.lockDelay()).isZero();
  }

  @Test
  void the_key_of_the_sidecar_has_no_leading_slash() {
    Outcome outcome =
        trial()
            .with("NOMAD_ALLOC_ID", "8c1f")
            .with("CONSUL_LEADER_KEY", "/consul-leader/lock")
            .run("run");

    assertThat(only(outcome).election().path()).isEqualTo("consul-leader/lock");
  }

  @Test
  void a_sidecar_without_an_allocation_or_with_a_bad_duration_is_refused() {
    refused(trial().with("CONSUL_LEADER_SERVICE_NAME", "db"), "NOMAD_ALLOC_ID is not set");
    refused(
        trial().with("NOMAD_ALLOC_ID", "8c1f").with("CONSUL_LEADER_TTL", "soon"),
        "CONSUL_LEADER_TTL",
        "soon");
  }

  private static void refused(Trial trial, String... parts) {
    Outcome outcome = trial.run("run");
    assertThat(outcome.stderr()).contains(parts);
    assertThat(outcome.stderr().lines()).hasSize(1);
    assertThat(outcome.status()).isEqualTo(78);
    assertThat(outcome.services()).isEmpty();
  }

  @Test
  void without_a_service_it_says_how_to_name_one() {
    refused(trial(), "no service is enabled", "election.enabled");
  }

  @Test
  void a_hook_that_cannot_work_is_refused_with_its_place() {
    Trial trial = trial();
    trial.file("work/ballot.yaml", TWO + "      execOnDemote: /no/such/program now\n");

    refused(trial, "ballot.yaml, line 12", "execOnDemote", "/no/such/program");
  }

  @Test
  void an_argument_is_taken_for_a_command_of_run_once() {
    Outcome outcome = trial().run("run", "--", "true");

    assertThat(outcome.stderr()).contains("'ballot run once -- true' runs a command");
    assertThat(outcome.status()).isEqualTo(64);
  }

  @Test
  void one_election_cannot_be_named_for_many_services() {
    Outcome outcome = trial().run("run", "--election", "web");

    assertThat(outcome.stderr())
        .contains("--election names one election", "key stands in the file");
    assertThat(outcome.status()).isEqualTo(64);
  }

  @Test
  void the_log_is_json_away_from_a_terminal() {
    Trial trial = trial();
    Path file = trial.file("work/ballot.yaml", TWO);

    assertThat(trial.run("run").stdout())
        .startsWith("{")
        .contains("settings are read from " + file);
    assertThat(trial.run("run", "--log-format", "human").stdout()).doesNotStartWith("{");
  }

  @Test
  void settings_are_read_anew_and_secrets_of_the_new_ones_are_not_told() {
    Trial trial = trial().standing(RunTest::reload);
    trial.file("work/ballot.yaml", TWO);
    reloading = () -> trial.file("work/ballot.yaml", TWO.replace("of-the-db", "newer-secret"));

    Outcome outcome = trial.run("run");

    assertThat(outcome.status()).isEqualTo(0);
    assertThat(outcome.stdout()).contains("the new one is ***").doesNotContain("newer-secret");
  }

  private static Runnable reloading = () -> {};

  private static int reload(ServicesRequest request) {
    reloading.run();
    ServiceElection before = request.services().get(1).what();
    List<ServicePlan> after = request.anew().get();
    assertThat(after.getFirst().what()).isEqualTo(request.services().getFirst().what());
    assertThat(after.get(1).what()).isNotEqualTo(before);
    request
        .log()
        .write(
            ballot.cli.logging.LogLevel.INFO,
            "the new one is " + after.get(1).what().spec().token().orElseThrow());
    return 0;
  }

  @Test
  void a_bad_new_file_is_refused_and_other_settings_are_said_to_need_a_restart() {
    Trial trial = trial();
    trial.file("work/ballot.yaml", TWO);
    trial.standing(
        request -> {
          trial.file("work/ballot.yaml", TWO.replace("key:", "kye:"));
          assertThatThrownBy(() -> request.anew().get())
              .isInstanceOf(Refusal.class)
              .hasMessageContainingAll("ballot.yaml, line 6", "kye");
          trial.file("work/ballot.yaml", TWO + "log-level: debug\n");
          assertThat(request.anew().get()).hasSize(2);
          return 0;
        });

    Outcome outcome = trial.run("run");

    assertThat(outcome.status()).isEqualTo(0);
    assertThat(outcome.stdout()).contains("log-level: changed, but only what concerns services");
  }
}
