package ballot.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ballot.api.Candidate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InscriptionTest {

  private static final Candidate CANDIDATE =
      new Candidate("c \"1\" <ü>", "host-5", 25048, Instant.parse("2022-01-07T21:40:17.537208Z"));

  private static Inscription read(String text) {
    return Inscription.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void is_read_as_the_go_tool_writes_it() {
    Inscription inscription =
        read(
            "{\"candidateId\":\"candidate-5\",\"hostname\":\"host-5\",\"pid\":\"25048\","
                + "\"proposalTime\":\"2022-01-07 13:40:17.537208 -0800 PST m=+1.119309658\","
                + "\"proposalNode\":\"/ballot/myservice/proposal-0000031785\","
                + "\"sessionTimeout\":\"1m30s\","
                + "\"lastSeenTime\":\"2022-01-07 13:40:47.55661 -0800 PST m=+31.138087501\"}");

    assertThat(inscription.candidate())
        .contains(
            new Candidate(
                "candidate-5", "host-5", 25048, Instant.parse("2022-01-07T21:40:17.537208Z")));
    assertThat(inscription.proposal()).isEqualTo("/ballot/myservice/proposal-0000031785");
    assertThat(inscription.timeout()).contains(Duration.ofSeconds(90));
    assertThat(inscription.lastSeen()).isEqualTo("2022-01-07T21:40:47.556610Z");
    assertThat(inscription.term()).isEmpty();
  }

  @Test
  void of_a_candidate_has_the_fields_of_the_go_tool_in_its_order() {
    String text =
        new String(Inscription.standing(CANDIDATE, Duration.ofSeconds(5)), StandardCharsets.UTF_8);

    assertThat(text)
        .matches(
            "\\{\"candidateId\":\"c \\\\\"1\\\\\""
                + " .*ü.*\",\"hostname\":\"host-5\",\"pid\":\"25048\","
                + "\"proposalTime\":\"20.*\",\"proposalNode\":\"\",\"sessionTimeout\":\"5s\"}");
  }

  @Test
  void of_a_lease_is_read_back_as_it_was_written() {
    Instant now = Instant.parse("2026-03-29T00:59:59.000000001Z");
    Inscription lease =
        Inscription.read(
            Inscription.lease(CANDIDATE, "/a/proposal-1", Duration.ofMillis(1500), now, 42));

    assertThat(lease.candidate()).contains(CANDIDATE);
    assertThat(lease.proposal()).isEqualTo("/a/proposal-1");
    assertThat(lease.timeout()).contains(Duration.ofMillis(1500));
    assertThat(lease.lastSeen()).isEqualTo(now);
    assertThat(lease.term()).contains(42L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "null",
        "{",
        "{\"candidateId\":{},\"pid\":[1],\"proposalTime\":7,\"sessionTimeout\":\"5\",\"term\":-1}",
        "{\"candidateId\":\" \",\"hostname\":\"h\",\"pid\":\"x\",\"proposalTime\":\"then\"}"
      })
  void of_somebody_else_is_nothing_rather_than_a_failure(String text) {
    Inscription inscription = read(text);

    assertThat(inscription.candidate()).isEmpty();
    assertThat(inscription.timeout()).isEmpty();
    assertThat(inscription.lastSeen()).isNull();
    assertThat(inscription.term()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"24h0.1s", "2500000h", "PT2562047788015215H", "P106751991167300D", "1e9s", "0s"})
  void asks_for_no_timeout_that_a_session_cannot_have(String timeout) {
    assertThat(read("{\"sessionTimeout\":\"" + timeout + "\"}").timeout()).isEmpty();
  }

  @Test
  void is_read_at_once_whatever_its_length() {
    String text = "{\"sessionTimeout\":\"" + "9".repeat(900_000) + "s\"}";

    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(read(text).timeout()).isEmpty());
  }
}
