package ballot.testkit;

import ballot.api.ElectionBackend;
import ballot.api.ElectionName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;

/** What a backend supplies to the contract, and how its rules bring candidates up. */
abstract class Ground {

  /** Slack for a machine that is busy with other things. */
  static final Duration SLACK = Duration.ofSeconds(1);

  private static final SplittableRandom NAMES = new SplittableRandom();

  private final List<Participant> participants = new ArrayList<>();
  private final List<Contender> contenders = new ArrayList<>();

  /** The backend itself; for its settings and for opening stores that must be refused. */
  protected abstract ElectionBackend backend();

  /** A process of its own with a store of its own, all on the same ground. Closed by the test. */
  protected abstract Participant participant() throws Exception;

  /** Settings that cannot work, each with the setting that must be named. */
  protected abstract List<BadSettings> badSettings() throws Exception;

  /** Whether leases run out by themselves while their holder exists. */
  protected boolean validityIsBounded() {
    return true;
  }

  /** At most so long after a resignation another can win. */
  protected Duration resignDelay() {
    return Duration.ZERO;
  }

  /**
   * At most so long after a holder fell silent, or was closed without resigning, another can win.
   * Where validity is unbounded it counts for the closed one only.
   */
  protected abstract Duration silenceBound();

  /** Whether a refusal names the holder. */
  protected boolean namesTheHolder() {
    return true;
  }

  /** Whether those who wait are listed, in the order in which they are entitled to lead. */
  protected boolean keepsALine() {
    return true;
  }

  /** Whether somebody who waits is told to look again when the election becomes free. */
  protected boolean signalsChange() {
    return true;
  }

  /** Whether a leader can keep ledgers beside an election. */
  protected boolean keepsALedger() {
    return false;
  }

  /** The budget of questions that are to be answered. */
  protected Duration budget() {
    return Duration.ofSeconds(5);
  }

  /** How many leaderships the race for mutual exclusion holds. */
  protected int leadershipsToRaceFor() {
    return 300;
  }

  /** Names that a backend must tell apart; override to add what is awkward for its store. */
  protected List<String> awkwardNames() {
    return List.of(
        "a",
        "a/b",
        "a/b/c",
        "a%2Fb",
        "a%2fb",
        "A",
        "a b",
        "a+b",
        "a.b",
        "-a",
        "~a",
        ".a",
        "…",
        "ä",
        "a\\b",
        "a?b=c&d#e",
        "leader",
        "lock",
        ".lock",
        "term");
  }

  /** An election that nobody has used before. */
  protected final ElectionName freshElection() {
    return new ElectionName("contract/" + HexFormat.of().toHexDigits(NAMES.nextLong()));
  }

  /** A new participant, closed when the test ends. */
  protected final Participant joins() {
    try {
      Participant participant = participant();
      participants.add(participant);
      return participant;
    } catch (Exception failure) {
      throw new AssertionError("could not open a store", failure);
    }
  }

  /** A new participant with one candidate, closed when the test ends. */
  protected final Contender stands(ElectionName election, String id) {
    return stands(joins(), election, id);
  }

  /** One more candidate of a participant. */
  protected final Contender stands(Participant participant, ElectionName election, String id) {
    Contender contender = new Contender(participant, election, id, budget());
    contenders.add(contender);
    return contender;
  }

  /** The longest that a win may take after a holder resigned. */
  final Duration afterResigning() {
    return resignDelay().plus(SLACK);
  }

  /** The longest that a win may take after a holder was closed or fell silent. */
  final Duration afterSilence() {
    return silenceBound().plus(SLACK);
  }

  @AfterEach
  void everybodyLeaves() {
    contenders.forEach(Contender::close);
    participants.forEach(Participant::close);
  }
}
