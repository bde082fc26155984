package ballot.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ElectionName;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.testkit.Await;
import ballot.testkit.Contender;
import ballot.testkit.GivenSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Candidates whose process lives and whose session lives, but who are asked nothing any more. */
@Tag("server")
final class ForgottenTest {

  private static final Duration BUDGET = Duration.ofSeconds(5);
  private static final Duration SESSION = Duration.ofSeconds(2);

  /** The session timeout, a second of grace, a second between two looks; and a slow machine. */
  private static final Duration BOUND = SESSION.plusSeconds(2).plusSeconds(5);

  @TempDir private static Path data;

  private static OneServer server;

  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    server = new OneServer(data);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @AfterEach
  void everybodyLeaves() throws Exception {
    for (AutoCloseable resource : open.reversed()) {
      resource.close();
    }
  }

  private ZooKeeperParticipant joins() throws Exception {
    return joins("2s");
  }

  private ZooKeeperParticipant joins(String timeout) throws Exception {
    ZooKeeperParticipant participant =
        new ZooKeeperParticipant(
            server.port(), GivenSettings.none().with("zookeeper-session-timeout", timeout));
    open.add(participant);
    return participant;
  }

  private Contender stands(ZooKeeperParticipant participant, ElectionName election, String id) {
    Contender contender = new Contender(participant, election, id, BUDGET);
    open.add(contender);
    return contender;
  }

  private Contender stands(ElectionName election, String id) throws Exception {
    return stands(joins(), election, id);
  }

  @Test
  void a_leader_that_is_asked_nothing_any_more_is_followed_although_its_session_lives()
      throws Exception {
    ElectionName election = new ElectionName("forgotten/leader");
    Contender hung = stands(election, "hung");
    Contender other = stands(election, "other");
    Term term = hung.winsAtOnce().lease().term();
    other.isRefused();

    Term next = other.winsWithin(BOUND).lease().term();

    assertThat(next).isGreaterThan(term);
    hung.keepsNoMore(term);
    hung.isRefused();
  }

  @Test
  void a_candidate_that_is_asked_nothing_any_more_does_not_keep_others_waiting() throws Exception {
    ElectionName election = new ElectionName("forgotten/candidate");
    Contender holder = stands(election, "holder");
    Contender hung = stands(election, "hung");
    Contender third = stands(election, "third");
    Term term = holder.winsAtOnce().lease().term();
    hung.isRefused();
    third.isRefused();

    holder.resigns(term);

    third.winsWithin(BOUND);
    hung.isRefused();
  }

  @Test
  void who_left_while_cut_off_is_out_of_the_line_when_the_others_are_back() throws Exception {
    ElectionName election = new ElectionName("forgotten/left");
    ZooKeeperParticipant participant = joins();
    Contender holder = stands(participant, election, "holder");
    Contender stays = stands(participant, new ElectionName("forgotten/stays"), "stays");
    Term term = holder.winsAtOnce().lease().term();
    stays.winsAtOnce();
    participant.cutOff();
    holder.close();

    participant.reconnect();

    Await.until(
        "its place is gone",
        BOUND,
        () -> participant.store().observe(election, BUDGET).candidates().isEmpty());
    assertThat(stands(election, "next").winsWithin(BOUND).lease().term()).isGreaterThan(term);
  }

  @Test
  void who_goes_on_without_proof_keeps_its_term_when_nobody_led_meanwhile() throws Exception {
    ElectionName election = new ElectionName("forgotten/keeps");
    Contender holder = stands(election, "holder");
    Term term = holder.winsAtOnce().lease().term();
    holder.participant().cutOff();
    Contender onlooker = stands(election, "onlooker");
    Await.until(
        "its session is gone",
        BOUND,
        () -> onlooker.participant().store().observe(election, BUDGET).candidates().isEmpty());

    holder.participant().reconnect();

    Await.until("it can be asked again", BOUND, () -> keeps(holder, term));
    holder.resigns(term);
    holder.winsAtOnce();
  }

  @Test
  void who_goes_on_without_proof_goes_by_the_pace_of_whoever_is_first_in_line() throws Exception {
    ElectionName election = new ElectionName("forgotten/pace");
    Contender holder = stands(election, "holder");
    Term term = holder.winsAtOnce().lease().term();
    holder.participant().cutOff();
    Contender onlooker = stands(election, "onlooker");
    Await.until(
        "its session is gone",
        BOUND,
        () -> onlooker.participant().store().observe(election, BUDGET).candidates().isEmpty());
    stands(joins("1s"), election, "hurried").isRefused();

    holder.participant().reconnect();

    Await.until("it can be asked again", BOUND, () -> keeps(holder, term));
    holder.keeps(term); // by now it has read who is first
    assertThat(holder.keeps(term).lease().validFor()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void who_goes_on_without_proof_learns_that_another_led_meanwhile() throws Exception {
    ElectionName election = new ElectionName("forgotten/lost");
    Contender holder = stands(election, "holder");
    Contender other = stands(election, "other");
    Term term = holder.winsAtOnce().lease().term();
    other.isRefused();
    holder.participant().cutOff();
    Term next = other.winsWithin(BOUND).lease().term();

    holder.participant().reconnect();

    holder.keepsNoMore(term);
    other.keeps(next);
  }

  private static boolean keeps(Contender holder, Term term) {
    try {
      holder.keeps(term);
      return true;
    } catch (StoreException notYet) {
      return false;
    }
  }
}
