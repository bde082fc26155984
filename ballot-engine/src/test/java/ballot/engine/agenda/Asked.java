package ballot.engine.agenda;

import ballot.engine.core.Rules.Reaction;
import java.time.Duration;
import java.util.Optional;

/** What an operator asks for, beginning with nothing in particular. */
final class Asked {

  private AgendaRules.Concurrency concurrency = AgendaRules.Concurrency.SKIP;
  private Optional<Duration> deadline = Optional.empty();
  private Optional<Duration> startDeadline = Optional.empty();
  private Duration jitter = Duration.ZERO;
  private AgendaRules.CatchUp catchUp = AgendaRules.CatchUp.NONE;
  private AgendaRules.OnUnknown onUnknown = AgendaRules.OnUnknown.SKIP;
  private Reaction onSuccess = Reaction.IGNORE;
  private Reaction onError = Reaction.IGNORE;

  static Asked nothing() {
    return new Asked();
  }

  Asked concurrency(AgendaRules.Concurrency value) {
    concurrency = value;
    return this;
  }

  Asked deadline(int seconds) {
    deadline = Optional.of(Duration.ofSeconds(seconds));
    return this;
  }

  Asked startDeadline(int seconds) {
    startDeadline = Optional.of(Duration.ofSeconds(seconds));
    return this;
  }

  Asked jitter(int seconds) {
    jitter = Duration.ofSeconds(seconds);
    return this;
  }

  Asked catchUp(AgendaRules.CatchUp value) {
    catchUp = value;
    return this;
  }

  Asked onUnknown(AgendaRules.OnUnknown value) {
    onUnknown = value;
    return this;
  }

  Asked onSuccess(Reaction value) {
    onSuccess = value;
    return this;
  }

  Asked onError(Reaction value) {
    onError = value;
    return this;
  }

  AgendaRules rules() {
    return new AgendaRules(
        concurrency,
        deadline,
        startDeadline,
        jitter,
        catchUp,
        onUnknown,
        onSuccess,
        onError,
        Duration.ofSeconds(1),
        Duration.ofSeconds(10));
  }
}
