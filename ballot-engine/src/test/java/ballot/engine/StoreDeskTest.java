package ballot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Lease;
import ballot.api.RejectedException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict;
import ballot.engine.core.Answer;
import ballot.engine.core.Effect;
import ballot.engine.core.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class StoreDeskTest {

  private static final Term TERM = new Term(7);
  private static final Verdict ELECTED = Verdict.Elected.atOnce(Lease.unbounded(TERM));
  private static final Executor AT_ONCE = Runnable::run;

  private final FakeCandidacy candidacy = new FakeCandidacy();

  private List<Answer> ask(Question question, Executor askers) {
    List<Answer> answers = new ArrayList<>();
    new StoreDesk(candidacy, askers)
        .ask(new Effect.Ask(1, question, Duration.ofSeconds(1)), answers::add);
    return answers;
  }

  @Test
  void passes_each_question_to_its_method() {
    candidacy.onCampaign = () -> ELECTED;
    candidacy.onRenew = () -> ELECTED;
    assertThat(ask(new Question.Campaign(), AT_ONCE)).containsExactly(new Answer.Ruled(ELECTED));
    assertThat(ask(new Question.Renew(TERM), AT_ONCE)).containsExactly(new Answer.Ruled(ELECTED));
    assertThat(ask(new Question.Resign(TERM), AT_ONCE)).containsExactly(new Answer.GivenBack());
    assertThat(candidacy.calls).containsExactly("campaign", "renew 7", "resign 7");
  }

  @Test
  void no_answer_is_silence_with_the_reason() {
    candidacy.onRenew =
        () -> {
          throw new UnavailableException("could not renew term 7: timed out");
        };
    assertThat(ask(new Question.Renew(TERM), AT_ONCE))
        .containsExactly(new Answer.Silent("could not renew term 7: timed out"));
  }

  @Test
  void a_refusal_stays_one() {
    candidacy.onResign =
        () -> {
          throw new RejectedException("permission denied");
        };
    assertThat(ask(new Question.Resign(TERM), AT_ONCE))
        .containsExactly(new Answer.Refused("permission denied"));
  }

  @Test
  void a_broken_backend_is_silence() {
    candidacy.onCampaign =
        () -> {
          throw new IllegalArgumentException("oops");
        };
    assertThat(ask(new Question.Campaign(), AT_ONCE))
        .containsExactly(
            new Answer.Silent("the backend failed: java.lang.IllegalArgumentException: oops"));
  }

  @Test
  void a_backend_whose_classes_are_missing_is_silence() {
    candidacy.onCampaign =
        () -> {
          throw new NoClassDefFoundError("com/example/Client");
        };
    assertThat(ask(new Question.Campaign(), AT_ONCE))
        .singleElement()
        .isInstanceOfSatisfying(
            Answer.Silent.class,
            silent -> assertThat(silent.message()).contains("com/example/Client"));
  }

  @Test
  @SuppressWarnings("NullAway") // a plugin is not compiled with our checks
  void a_backend_that_says_nothing_is_silence() {
    candidacy.onCampaign = () -> null;
    assertThat(ask(new Question.Campaign(), AT_ONCE))
        .singleElement()
        .isInstanceOfSatisfying(
            Answer.Silent.class, silent -> assertThat(silent.message()).contains("no verdict"));
  }

  @Test
  void a_question_that_cannot_be_put_any_more_is_answered_too() {
    Executor closed =
        task -> {
          throw new RejectedExecutionException();
        };
    assertThat(ask(new Question.Campaign(), closed))
        .singleElement()
        .isInstanceOf(Answer.Silent.class);
    assertThat(candidacy.calls).isEmpty();
  }
}
