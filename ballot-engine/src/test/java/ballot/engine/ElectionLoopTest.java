package ballot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ballot.api.ChangeSignal;
import ballot.api.Lease;
import ballot.api.Term;
import ballot.api.Verdict;
import ballot.engine.core.ElectionMachine;
import ballot.engine.core.Event;
import ballot.engine.core.Moment;
import ballot.engine.core.Rules;
import ballot.engine.core.Timings;
import ballot.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ElectionLoopTest {

  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Rules RULES =
      new Rules(
          Rules.Reaction.EXIT,
          Rules.Reaction.EXIT,
          Rules.ElectionFailure.RETRY,
          Rules.LeaseLoss.TERMINATE,
          Optional.empty(),
          Timings.of(Duration.ofSeconds(10), Duration.ofSeconds(1)));

  private final AtomicLong nanos = new AtomicLong();
  private final ElectionLoop loop = new ElectionLoop(() -> new Moment(nanos.get()));
  private final ExecutorService askers = Executors.newCachedThreadPool();
  private final FakeCandidacy candidacy = new FakeCandidacy();
  private final FakeWork work = new FakeWork();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicReference<ChangeSignal> signal = new AtomicReference<>(() -> {});

  @AfterEach
  void stop() {
    loop.close();
    askers.shutdownNow();
  }

  private Election begin() {
    return begin(candidacy, work);
  }

  private Election begin(FakeCandidacy asked, FakeWork worked) {
    Election.Plan plan =
        new Election.Plan(
            new ElectionMachine(RULES, 1),
            askers,
            worked,
            (level, message, term) -> told.add(level + " " + message));
    return loop.begin(
        plan,
        made -> {
          signal.set(made);
          return asked;
        });
  }

  private static Verdict elected(Duration validFor) {
    return Verdict.Elected.atOnce(new Lease(new Term(7), validFor));
  }

  private static void await(String what, Callable<Boolean> condition) {
    Await.until(what, BOUND, condition);
  }

  @Test
  void takes_an_election_from_campaign_to_exit_status() {
    candidacy.onCampaign = () -> elected(Lease.UNBOUNDED);
    Election election = begin();
    await("the work runs", () -> work.orders.contains("start 1"));
    work.end(1, 7);
    assertThat(election.status().orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(7);
    assertThat(candidacy.calls).containsExactly("campaign", "resign 7", "close");
    assertThat(told).contains("INFO elected", "INFO gave leadership back");
  }

  @Test
  void is_over_only_when_the_line_is_closed() {
    CountDownLatch closing = new CountDownLatch(1);
    CountDownLatch mayClose = new CountDownLatch(1);
    candidacy.onClose =
        () -> {
          closing.countDown();
          awaitUninterruptibly(mayClose);
        };
    Election election = begin();
    await("it asks", () -> !candidacy.calls.isEmpty());
    election.post(new Event.ToldToLeave(15));
    awaitUninterruptibly(closing);
    assertThat(election.status()).isNotDone();
    mayClose.countDown();
    await("it is over", () -> election.status().isDone());
    assertThat(election.status().join()).isEqualTo(143);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void wakes_an_election_when_it_asked_to_be_woken() {
    candidacy.onCampaign = () -> elected(Duration.ofSeconds(9));
    candidacy.onRenew = () -> elected(Duration.ofSeconds(9));
    begin();
    await("the work runs", () -> work.orders.contains("start 1"));
    assertThat(candidacy.calls).containsExactly("campaign");
    nanos.set(3_000_000_000L);
    await("the lease is renewed", () -> candidacy.calls.contains("renew 7"));
    nanos.set(6_000_000_000L);
    await("and again", () -> candidacy.calls.size() == 3);
    assertThat(work.orders).doesNotContain("stop 1 with 15");
  }

  @Test
  void notices_time_that_passed_while_nobody_was_awake() {
    candidacy.onCampaign = () -> elected(Duration.ofSeconds(9));
    begin();
    await("the work runs", () -> work.orders.contains("start 1"));
    long before = System.nanoTime();
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    await("the work is stopped", () -> work.orders.contains("kill 1"));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    assertThat(work.orders).containsSubsequence("start 1", "stop 1 with 15", "kill 1");
  }

  @Test
  void a_signal_from_before_the_election_exists_does_no_harm() {
    Election election =
        loop.begin(
            new Election.Plan(
                new ElectionMachine(RULES, 1), askers, work, (level, message, term) -> {}),
            made -> {
              made.lookAgain();
              made.lookAgain();
              return candidacy;
            });
    await("it asks", () -> candidacy.calls.size() == 1);
    election.post(new Event.ToldToLeave(15));
    await("it is over", () -> election.status().isDone());
    assertThat(candidacy.calls).containsExactly("campaign", "close");
  }

  @Test
  void looks_again_when_signalled() {
    begin();
    await("it asks", () -> candidacy.calls.size() == 1);
    signal.get().lookAgain();
    await("it asks again", () -> candidacy.calls.size() == 2);
  }

  @Test
  void a_fault_in_one_election_ends_that_one_and_no_other() {
    FakeCandidacy broken = new FakeCandidacy();
    FakeWork breaking = new FakeWork();
    broken.onCampaign = () -> elected(Lease.UNBOUNDED);
    breaking.onStart =
        () -> {
          throw new IllegalStateException("no such thing");
        };
    Election failing = begin(broken, breaking);
    await("it is over", () -> failing.status().isDone());
    assertThatThrownBy(() -> failing.status().join())
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("no such thing");
    assertThat(breaking.orders).containsExactly("start 1", "kill 1");
    assertThat(broken.calls).containsExactly("campaign", "close");

    candidacy.onCampaign = () -> elected(Lease.UNBOUNDED);
    begin();
    await("the other one works", () -> work.orders.contains("start 1"));
  }

  @Test
  void an_election_that_is_over_hears_nothing_any_more() {
    Election election = begin();
    await("it asks", () -> candidacy.calls.size() == 1);
    election.post(new Event.ToldToLeave(15));
    await("it is over", () -> election.status().isDone());
    election.post(new Event.Signalled());
    election.post(new Event.ToldToLeave(15));
    Election next = begin(new FakeCandidacy(), new FakeWork());
    next.post(new Event.ToldToLeave(2));
    await("the loop has gone on", () -> next.status().isDone());
    assertThat(candidacy.calls).containsExactly("campaign", "close");
  }

  @Test
  void closing_ends_the_thread_and_may_be_repeated() {
    begin();
    loop.close();
    loop.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("ballot-election") && thread.isAlive());
  }

  @Test
  void closing_keeps_the_interrupt() {
    Thread.currentThread().interrupt();
    loop.close();
    assertThat(Thread.interrupted()).isTrue();
  }
}
