package ballot.consul;

import ballot.testkit.GivenSettings;
import ballot.testkit.Participant;
import java.util.List;

/** The contract, kept by those who stand for an instance of a service each. */
class ServiceContractTest extends ConsulContractTest {

  private int participants;

  /** With a check that decides or without one, by turns: with a session of its own or a shared. */
  @Override
  protected Participant participant() throws Exception {
    participants++;
    GivenSettings settings = GivenSettings.none().with("crash-detection", "5s");
    ConsulParticipant process = new ConsulParticipant(agent.port(), settings);
    return new ServiceParticipant(
        agent, process, participants % 2 == 0 ? List.of() : List.of("alive"));
  }
}
