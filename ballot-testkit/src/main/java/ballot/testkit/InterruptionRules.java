package ballot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ElectionName;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict.Elected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** B14, and what follows from it: answers that were lost on the way. */
abstract class InterruptionRules extends TroubleRules {

  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void B14_a_question_of_an_interrupted_thread_returns_promptly_and_keeps_the_flag()
      throws StoreException {
    Contender holder = stands(freshElection(), "holder");
    Term term = holder.winsAtOnce().lease().term();

    isUnavailableWhenInterrupted(() -> holder.candidacy().renew(term, LONG));
    isUnavailableWhenInterrupted(() -> holder.candidacy().campaign(LONG));

    holder.keeps(term);
  }

  static void isUnavailableWhenInterrupted(ThrowingCallable question) {
    Thread.currentThread().interrupt();
    try {
      TroubleRules.isUnavailableWithin(Duration.ZERO, question);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void B14_interrupting_a_question_that_hangs_returns_promptly_and_keeps_the_flag() {
    Contender lonely = stands(freshElection(), "lonely");
    lonely.participant().cutOff();
    try {
      isInterruptedPromptly(() -> lonely.candidacy().campaign(LONG));
    } finally {
      lonely.participant().reconnect();
    }
  }

  /** Interrupts a question that hangs. */
  static void isInterruptedPromptly(ThrowingCallable question) {
    Duration soon = Duration.ofMillis(200);
    try (Interruption ignored = Interruption.in(soon)) {
      isUnavailableWithin(soon, question);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void B14_a_campaign_whose_answer_was_lost_is_found_out_by_asking_again() throws Exception {
    ElectionName election = freshElection();
    Contender one = stands(election, "one");
    Contender two = stands(election, "two");
    SplittableRandom random = Seeds.announced("lost answers to campaigns");
    List<Term> terms = new ArrayList<>();

    for (int round = 0; round < 30; round++) {
      interruptedAfter(random, () -> one.campaign());
      Contender leader = firstToLead(one, two);
      Contender other = leader == one ? two : one;

      Term term = leader.winsAtOnce().lease().term();
      other.isRefused();
      leader.keeps(term);
      leader.resigns(term);
      terms.add(term);
      other.resigns(other.winsWithin(afterResigning()).lease().term());
    }

    assertThat(terms).isSorted().doesNotHaveDuplicates();
  }

  /** Either may be kept waiting for a moment by what is left of the question without an answer. */
  private Contender firstToLead(Contender one, Contender two) throws StoreException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < afterResigning().toNanos()) {
      for (Contender each : List.of(two, one)) {
        if (each.campaign() instanceof Elected) {
          return each;
        }
      }
      LockSupport.parkNanos(1_000_000);
    }
    throw new AssertionError("neither leads within " + afterResigning());
  }

  @Test
  void B14_a_renewal_whose_answer_was_lost_is_found_out_by_asking_again() throws Exception {
    Contender holder = stands(freshElection(), "holder");
    Term term = holder.winsAtOnce().lease().term();
    SplittableRandom random = Seeds.announced("lost answers to renewals");

    for (int round = 0; round < 30; round++) {
      interruptedAfter(random, () -> holder.candidacy().renew(term, budget()));
      holder.keeps(term);
    }
  }

  @Test
  void B14_a_resignation_whose_answer_was_lost_is_found_out_by_asking_again() throws Exception {
    ElectionName election = freshElection();
    Contender one = stands(election, "one");
    Contender two = stands(election, "two");
    SplittableRandom random = Seeds.announced("lost answers to resignations");

    for (int round = 0; round < 20; round++) {
      Term term = one.winsWithin(afterResigning()).lease().term();
      interruptedAfter(random, () -> one.candidacy().resign(term, budget()));
      one.resigns(term);
      two.resigns(two.winsWithin(afterResigning()).lease().term());
    }
  }

  /** Asks, and loses the answer if it takes longer than a random part of three milliseconds. */
  static void interruptedAfter(SplittableRandom random, ThrowingCallable question)
      throws Exception {
    Duration patience = Duration.ofNanos(random.nextLong(3_000_000));
    try (Interruption ignored = Interruption.in(patience)) {
      question.call();
    } catch (UnavailableException lost) {
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } catch (Throwable other) {
      throw new AssertionError("an interrupted question is unavailable, nothing else", other);
    } finally {
      Thread.interrupted();
    }
  }

  /** Interrupts the thread that made it, once, after a while; never after it was closed. */
  private record Interruption(Thread interrupter) implements AutoCloseable {

    static Interruption in(Duration delay) {
      Thread target = Thread.currentThread();
      long end = System.nanoTime() + delay.toNanos();
      Thread interrupter =
          new Thread(
              () -> {
                while (System.nanoTime() - end < 0) {
                  LockSupport.parkNanos(end - System.nanoTime());
                }
                target.interrupt();
              },
              "interrupter");
      interrupter.start();
      return new Interruption(interrupter);
    }

    @Override
    public void close() {
      boolean interrupted = Thread.interrupted();
      while (interrupter.isAlive()) {
        interrupted |= Thread.interrupted();
        LockSupport.parkNanos(100_000);
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
