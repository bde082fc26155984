package ballot.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.UnavailableException;
import ballot.testkit.Await;
import ballot.zookeeper.foreign.Witness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Brings candidates up on real servers, and checks in the end that no two ever led at once. */
@Tag("server")
abstract class OnServers {

  static final Duration BUDGET = Duration.ofSeconds(5);

  /** How long the machine may take for what is to happen at once. */
  static final Duration SOON = Duration.ofSeconds(20);

  private static final SplittableRandom NAMES = new SplittableRandom();

  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Campaigner> campaigners = new ArrayList<>();

  /** The witness's folder. */
  @TempDir Path folder;

  Witness witness;

  @BeforeEach
  void callTheWitness() {
    witness = new Witness(folder);
  }

  /** Closes it when the test ends; what was opened last goes first. */
  final <T extends AutoCloseable> T closing(T resource) {
    open.addFirst(resource);
    return resource;
  }

  /** A folder beside the witness's. */
  final Path folder(String name) throws Exception {
    return Files.createDirectory(folder.resolve(name));
  }

  static ElectionName freshElection() {
    return new ElectionName("test/" + HexFormat.of().toHexDigits(NAMES.nextLong()));
  }

  /** The znode of an election. */
  static String base(ElectionName election) {
    return "/" + election.path();
  }

  /** A process of its own, as far as the servers can tell. */
  final ElectionStore joins(String servers, Duration timeout) throws RejectedException {
    return closing(Ours.backend().open(Ours.at(servers, timeout)));
  }

  /** A candidate with a store of its own, who campaigns until the test ends. */
  final Campaigner campaigns(String servers, Duration timeout, ElectionName election, String id)
      throws RejectedException {
    Campaigner campaigner = closing(new Campaigner(joins(servers, timeout), election, id, witness));
    campaigners.add(campaigner);
    return campaigner;
  }

  /** What is asked of a store. */
  interface Question<T> {
    T put() throws StoreException;
  }

  /** Asks again while nobody knows, as the engine does. */
  static <T> T insist(Question<T> question) throws StoreException {
    long start = System.nanoTime();
    while (true) {
      try {
        return question.put();
      } catch (UnavailableException nobodyKnows) {
        if (System.nanoTime() - start > SOON.toNanos()) {
          throw nobodyKnows;
        }
      }
    }
  }

  static void awaitWork(Campaigner... campaigners) {
    for (Campaigner campaigner : campaigners) {
      Await.until(campaigner.id() + " works", SOON, campaigner::isWorking);
    }
  }

  static void awaitWaiting(Campaigner campaigner) {
    Await.until(campaigner.id() + " waits", SOON, campaigner::isWaiting);
  }

  static Duration between(long early, long late) {
    return Duration.ofNanos(late - early);
  }

  static Duration median(List<Duration> durations) {
    return durations.stream().sorted().toList().get(durations.size() / 2);
  }

  @AfterEach
  void everybodyLeaves() throws Exception {
    List<Campaigner> all = List.copyOf(campaigners);
    campaigners.clear();
    while (!open.isEmpty()) {
      open.removeFirst().close();
    }
    assertThat(witness.overlaps()).isEmpty();
    assertThat(all).allSatisfy(each -> assertThat(each.broken()).isNull());
  }
}
