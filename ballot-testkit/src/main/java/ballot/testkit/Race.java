package ballot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ElectionName;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.Verdict.Elected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Several candidates race for leaderships, and each leader does what only one may do: it counts
 * without any synchronisation. Two at once lose a count or break the order of terms.
 */
final class Race {

  private final ElectionName election;
  private final int leaderships;
  private final Duration longestWait;
  private final AtomicInteger won = new AtomicInteger();

  /** Changed by leaders only, and guarded by nothing else: that is the point. */
  private final int[] counter = new int[1];

  private final List<Term> terms = new ArrayList<>();

  Race(ElectionName election, int leaderships, Duration longestWait) {
    this.election = election;
    this.leaderships = leaderships;
    this.longestWait = longestWait;
  }

  void among(List<Participant> participants, Duration budget) throws Exception {
    SplittableRandom random = Seeds.announced("the race");
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<?>> racers = new ArrayList<>();
      for (Participant participant : participants) {
        SplittableRandom own = random.split();
        String id = "racer-" + racers.size();
        racers.add(threads.submit(() -> race(participant, id, budget, own)));
      }
      for (Future<?> racer : racers) {
        racer.get();
      }
    }
    assertThat(counter[0]).as("leaderships counted without synchronisation").isEqualTo(won.get());
    assertThat(terms).hasSize(won.get()).isSorted().doesNotHaveDuplicates();
  }

  private Void race(Participant participant, String id, Duration budget, SplittableRandom random)
      throws StoreException {
    Contender racer = new Contender(participant, election, id, budget);
    while (won.get() < leaderships) {
      Elected elected = racer.holdsOff(racer.winsWithin(longestWait.multipliedBy(10)));
      won.incrementAndGet();
      count(elected.lease().term(), random);
      racer = leaves(racer, elected.lease().term(), random);
    }
    racer.close();
    return null;
  }

  private void count(Term term, SplittableRandom random) {
    int seen = counter[0];
    terms.add(term);
    LockSupport.parkNanos(random.nextLong(500_000));
    counter[0] = seen + 1;
  }

  private Contender leaves(Contender racer, Term term, SplittableRandom random)
      throws StoreException {
    if (random.nextInt(4) == 0) {
      racer.keeps(term);
    }
    racer.resigns(term);
    if (random.nextInt(10) > 0) {
      return racer;
    }
    racer.close();
    return new Contender(racer.participant(), election, racer.toString(), Duration.ofSeconds(5));
  }
}
