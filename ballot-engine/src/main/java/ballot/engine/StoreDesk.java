package ballot.engine;

import ballot.api.Candidacy;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.UnavailableException;
import ballot.engine.core.Answer;
import ballot.engine.core.Effect;
import ballot.engine.core.Question;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Puts an election's questions to the store, on a thread that may wait for the answers. */
final class StoreDesk {

  private final Candidacy candidacy;
  private final Executor askers;

  StoreDesk(Candidacy candidacy, Executor askers) {
    this.candidacy = candidacy;
    this.askers = askers;
  }

  /** Asks; the answer comes exactly once, on another thread. */
  void ask(Effect.Ask order, Consumer<Answer> answered) {
    askers.execute(() -> answered.accept(answer(order)));
  }

  private Answer answer(Effect.Ask order) {
    try {
      return put(order.question(), order.budget());
    } catch (UnavailableException silent) {
      return new Answer.Silent(text(silent));
    } catch (RejectedException refused) {
      return new Answer.Refused(text(refused));
    } catch (StoreException other) {
      throw new IllegalStateException("not a store exception: " + other, other);
    } catch (RuntimeException fault) {
      return new Answer.Silent("the backend failed: " + fault);
    }
  }

  private Answer put(Question question, Duration budget) throws StoreException {
    return switch (question) {
      case Question.Campaign campaign -> new Answer.Ruled(candidacy.campaign(budget));
      case Question.Renew renew -> new Answer.Ruled(candidacy.renew(renew.term(), budget));
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
