package ballot.consul;

import ballot.api.ElectionName;
import ballot.testkit.Contender;
import ballot.testkit.GivenSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/**
 * Brings candidates up on real agents, and down again when a test ends.
 *
 * <p>They are given up late, unless a test is about that: on a machine that is busy with other
 * things a candidate in a test may be silent for seconds.
 */
@Tag("server")
abstract class OnAgent {

  static final Duration BUDGET = Duration.ofSeconds(5);

  /** How long the machine may take for what is to happen at once. */
  static final Duration SOON = Duration.ofSeconds(10);

  /** How long after a quick holder's end an election is free, by the check. */
  static final Duration CRASH = Duration.ofSeconds(2).plus(SOON);

  private static final SplittableRandom NAMES = new SplittableRandom();

  private final List<AutoCloseable> open = new ArrayList<>();

  /** Closes it when the test ends; what was opened last goes first. */
  final <T extends AutoCloseable> T closing(T resource) {
    open.addFirst(resource);
    return resource;
  }

  /** A process of its own, with these settings and no others. */
  final ConsulParticipant joins(ConsulAgent agent, GivenSettings settings) throws Exception {
    return closing(new ConsulParticipant(agent.port(), settings));
  }

  /** A process of its own. */
  final ConsulParticipant joins(ConsulAgent agent) throws Exception {
    return joins(agent, patient());
  }

  /** Settings for candidates that may be slow. */
  static GivenSettings patient() {
    return GivenSettings.none().with("crash-detection", "20s").with("consul.session-ttl", "30s");
  }

  /** A candidate in a process of its own, with all settings as they are by default. */
  final Contender standsQuickly(ConsulAgent agent, ElectionName election, String id)
      throws Exception {
    return stands(joins(agent, GivenSettings.none()), election, id);
  }

  /** A candidate of a process. */
  final Contender stands(ConsulParticipant participant, ElectionName election, String id) {
    return closing(new Contender(participant, election, id, BUDGET));
  }

  /** A candidate in a process of its own. */
  final Contender stands(ConsulAgent agent, ElectionName election, String id) throws Exception {
    return stands(joins(agent), election, id);
  }

  static Meddler meddler(Contender contender) {
    return ((ConsulParticipant) contender.participant()).meddler();
  }

  static ElectionName freshElection() {
    return new ElectionName("test/" + HexFormat.of().toHexDigits(NAMES.nextLong()));
  }

  @AfterEach
  void everybodyLeaves() throws Exception {
    for (AutoCloseable resource : open) {
      resource.close();
    }
    open.clear();
  }
}
