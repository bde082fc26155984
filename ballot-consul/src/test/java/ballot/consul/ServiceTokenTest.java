package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Candidacy;
import ballot.api.ServiceSpec.Role;
import ballot.api.Term;
import ballot.api.Verdict.Elected;
import ballot.testkit.Await;
import ballot.testkit.GivenSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Services with tokens of their own, and services with troubles of their own. */
class ServiceTokenTest extends OnServices {

  private static final String GENERAL = "general-c0ffee";
  private static final String OWN = "own-decaf";

  private static ConsulAgent agent;

  private final String service = freshService();

  @BeforeAll
  static void start() throws IOException {
    agent = ConsulAgent.dev().ready();
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  @Test
  void everything_of_a_service_is_done_with_its_token_and_that_is_in_headers_only()
      throws Exception {
    registerWithCheck(agent, service, "one");
    ConsulParticipant participant =
        joins(agent, GivenSettings.none().with("consul.token", GENERAL));
    Attended attended =
        attends(participant, ServiceSpecs.of(service, "one").withToken(OWN).withChecks("alive"));
    Candidacy candidacy = attended.stands(freshElection(), "candidate");

    attended.look();
    Term term = ((Elected) candidacy.campaign(BUDGET)).lease().term();
    attended.wears(Role.PRIMARY);
    Await.always(
        "it leads", Duration.ofSeconds(3), () -> candidacy.renew(term, BUDGET) instanceof Elected);
    attended.wears(Role.NONE);
    candidacy.resign(term, BUDGET);
    candidacy.close();
    attended.close();

    assertThat(participant.meddler().requests())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            request -> {
              assertThat(request.header("x-consul-token")).isEqualTo(OWN);
              assertThat(request.line() + request.body()).doesNotContain(OWN, GENERAL);
            });
  }

  @Test
  void the_token_is_not_in_what_is_said_of_a_failure() throws Exception {
    ConsulParticipant participant = joins(agent);
    Attended attended = attends(participant, ServiceSpecs.of(service, "one").withToken(OWN));
    participant.meddler().meddle(new Meddler.Deed.Answer(403, "ACL not found: " + OWN));

    assertThat(org.assertj.core.api.Assertions.catchThrowable(attended::look))
        .isInstanceOf(ballot.api.RejectedException.class)
        .hasMessageContaining("service:read")
        .hasMessageNotContaining(OWN);
  }

  @Test
  void several_sick_services_do_not_delay_a_sound_one() throws Exception {
    ConsulParticipant participant = joins(agent);
    registerWithCheck(agent, service, "sound");
    Attended sound = attends(participant, ServiceSpecs.of(service, "sound"));
    Candidacy candidacy = sound.stands(freshElection(), "sound");
    Term term = ((Elected) candidacy.campaign(BUDGET)).lease().term();
    participant
        .meddler()
        .meddle(
            request ->
                request.header("x-consul-token").startsWith("sick")
                    ? Meddler.Deed.HANG
                    : Meddler.Deed.PASS);
    List<Thread> sick = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      Attended attended =
          attends(
              participant, ServiceSpecs.of(service, "sick-" + number).withToken("sick" + number));
      Candidacy stands = attended.stands(freshElection(), "sick");
      sick.add(Thread.ofVirtual().start(() -> hangs(() -> attended.look())));
      sick.add(Thread.ofVirtual().start(() -> hangs(() -> stands.campaign(BUDGET))));
    }
    Await.until(
        "they hang",
        SOON,
        () ->
            participant.meddler().requests().stream()
                    .filter(request -> request.header("x-consul-token").startsWith("sick"))
                    .count()
                >= 10);

    List<Long> times = new ArrayList<>();
    for (int round = 0; round < 30; round++) {
      long begun = System.nanoTime();
      sound.look();
      sound.wears(round % 2 == 0 ? Role.PRIMARY : Role.NONE);
      assertThat(candidacy.renew(term, BUDGET)).isInstanceOf(Elected.class);
      times.add((System.nanoTime() - begun) / 1_000_000);
    }
    times.sort(null);

    assertThat(times.get(27)).isLessThan(100);
    assertThat(sick).anyMatch(Thread::isAlive);
    participant.meddler().behave();
  }

  private interface Question {
    Object put() throws Exception;
  }

  private static void hangs(Question question) {
    try {
      var unused = question.put();
    } catch (Exception unavailable) {
      // as it should be
    }
  }
}
