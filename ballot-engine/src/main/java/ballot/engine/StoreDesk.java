package ballot.engine;

import ballot.api.Candidacy;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.UnavailableException;
import ballot.engine.core.Answer;
import ballot.engine.core.Effect;
import ballot.engine.core.Question;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Puts an election's questions to the store, on a thread that may wait for the answers. Whatever a
 * backend does, each question has an answer, unless the backend never returns.
 */
final class StoreDesk {

  private final Candidacy candidacy;
  private final Executor askers;

  StoreDesk(Candidacy candidacy, Executor askers) {
    this.candidacy = candidacy;
    this.askers = askers;
  }

  /** Asks; the answer comes exactly once, as a rule on another thread. */
  void ask(Effect.Ask order, Consumer<Answer> answered) {
    try {
      askers.execute(() -> answered.accept(answer(order)));
    } catch (RejectedExecutionException closing) {
      answered.accept(new Answer.Silent("not asked: this process asks no more questions"));
    }
  }

  private Answer answer(Effect.Ask order) {
    try {
      return put(order.question(), order.budget());
    } catch (StoreException none) {
      return switch (none) {
        case UnavailableException silent -> new Answer.Silent(text(silent));
        case RejectedException refused -> new Answer.Refused(text(refused));
      };
    } catch (RuntimeException | LinkageError fault) {
      // a plugin's mistake, such as a class that is missing, is no reason to wait for ever
      return new Answer.Silent("the backend failed: " + fault);
    }
  }

  private Answer put(Question question, Duration budget) throws StoreException {
    return switch (question) {
      case Question.Campaign campaign ->
          new Answer.Ruled(Objects.requireNonNull(candidacy.campaign(budget), "no verdict"));
      case Question.Renew renew ->
          new Answer.Ruled(
              Objects.requireNonNull(candidacy.renew(renew.term(), budget), "no verdict"));
      case Question.Resign resign -> {
        candidacy.resign(resign.term(), budget);
        yield new Answer.GivenBack();
      }
    };
  }

  private static String text(StoreException exception) {
    String message = exception.getMessage();
    return message == null ? exception.toString() : message;
  }
}
