package ballot.local;

import ballot.api.Candidacy;
import ballot.api.Candidate;
import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import ballot.testkit.GivenSettings;
import ballot.testkit.Signals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A program that takes part in elections, for tests across processes: reads an order a line, such
 * as {@code win nightly}, and answers each with one line.
 */
final class CandidateProcess {

  private static final Duration BUDGET = Duration.ofSeconds(60);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(10);

  private final ElectionStore store;
  private final String id;
  private final Map<String, Standing> standings = new HashMap<>();

  private record Standing(Candidacy candidacy, Signals signals) {}

  private CandidateProcess(ElectionStore store, String id) {
    this.store = store;
    this.id = id;
  }

  /** Arguments: the folder, and the candidate's id. */
  public static void main(String[] args) throws Exception {
    try (ElectionStore store =
            new LocalBackend().open(GivenSettings.none().with("local-dir", args[0]));
        BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      CandidateProcess candidate = new CandidateProcess(store, args[1]);
      System.out.println("ready");
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        System.out.println(candidate.obey(order.split(" ")));
      }
    }
  }

  private String obey(String[] order) throws InterruptedException, IOException {
    try {
      return switch (order[0]) {
        case "ask" -> tell(standing(order[1]).candidacy().campaign(BUDGET));
        case "win" -> tell(win(standing(order[1]), Long.parseLong(order[2])));
        case "renew" -> tell(standing(order[1]).candidacy().renew(term(order[2]), BUDGET));
        case "resign" -> resign(order[1], term(order[2]));
        case "record" -> standing(order[1]).candidacy().workRecord().orElseThrow().toString();
        case "write" -> keeping(order[1]).write(term(order[2]), order[3]);
        case "count" -> keeping(order[1]).count(term(order[2]));
        case "read" -> keeping(order[1]).read();
        case "observe" -> store.observe(new ElectionName(order[1]), BUDGET).toString();
        case "race" -> new WitnessedRace(order).run(this);
        default -> throw new IllegalArgumentException(order[0]);
      };
    } catch (StoreException failure) {
      return failure.getClass().getSimpleName() + " " + failure.getMessage();
    }
  }

  private LedgerKeeping keeping(String election) {
    return new LedgerKeeping(
        standing(election).candidacy().ledger(LedgerKeeping.NAME).orElseThrow(), BUDGET);
  }

  private static Term term(String number) {
    return new Term(Long.parseLong(number));
  }

  private static String tell(Verdict verdict) {
    return switch (verdict) {
      case Elected elected ->
          "elected "
              + elected.lease().term()
              + " "
              + elected.holdOff().toMillis()
              + " "
              + System.nanoTime();
      case NotElected refused -> "refused " + refused.because();
    };
  }

  private Standing standing(String election) {
    return standings.computeIfAbsent(
        election,
        name -> {
          Signals signals = new Signals();
          Candidate self =
              new Candidate(id, "this-host", ProcessHandle.current().pid(), Instant.now());
          return new Standing(store.stand(new ElectionName(name), self, signals), signals);
        });
  }

  private String resign(String election, Term term) throws StoreException {
    long start = System.nanoTime();
    standing(election).candidacy().resign(term, BUDGET);
    return "resigned " + start;
  }

  private static Verdict win(Standing standing, long seconds)
      throws StoreException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      Verdict verdict = standing.candidacy().campaign(BUDGET);
      if (verdict instanceof NotElected refused
          && System.nanoTime() - start < Duration.ofSeconds(seconds).toNanos()) {
        Duration pause = refused.lookAgainIn();
        standing
            .signals()
            .await(pause.compareTo(BETWEEN_QUESTIONS) < 0 ? pause : BETWEEN_QUESTIONS);
      } else {
        return verdict;
      }
    }
  }

  /** Wins, within ten seconds, or fails. */
  Elected win(String election) throws StoreException, InterruptedException {
    return (Elected) win(standing(election), BUDGET.toSeconds());
  }

  void resigns(String election, Elected elected) throws StoreException {
    standing(election).candidacy().resign(elected.lease().term(), BUDGET);
  }
}
