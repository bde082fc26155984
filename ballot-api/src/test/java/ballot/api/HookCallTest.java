package ballot.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HookCallTest {

  @Test
  void its_environment_has_every_variable_that_is_promised_and_no_other() {
    HookCall call =
        new HookCall(
            HookCall.Role.PROMOTE,
            "it was elected",
            "web",
            new ElectionName("service/web/leader"),
            new Candidate("web-1", "host", 1, Instant.EPOCH),
            "consul",
            new Term(7),
            "",
            "",
            0,
            Optional.empty(),
            Optional.empty());

    assertThat(call.environment()).containsOnlyKeys(HookCall.VARIABLES);
    assertThat(call.environment())
        .containsEntry("BALLOT_RUN_ROLE", "promote")
        .containsEntry("BALLOT_RUN_LEADER", "true")
        .containsEntry("BALLOT_RUN_FENCING_TOKEN", "7")
        .containsEntry("SESSIONID", "")
        .containsEntry("BALLOT_RUN_PREVIOUS_LEADER", "");
  }
}
