package ballot.cli.cron;

import ballot.api.Ledger;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.UnavailableException;
import ballot.engine.agenda.AgendaEffect;
import ballot.engine.agenda.AgendaEvent;
import ballot.engine.agenda.Book;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Puts an agenda's questions to the ledger, on a thread that may wait for the answers. */
final class LedgerDesk implements AutoCloseable {

  private final Ledger ledger;
  private final Duration budget;
  private final ExecutorService asker =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().name("ballot-ledger").daemon(true).unstarted(task));

  LedgerDesk(Ledger ledger, Duration budget) {
    this.ledger = ledger;
    this.budget = budget;
  }

  void read(AgendaEffect.Read order, Consumer<AgendaEvent> answered) {
    ask(
        order.number(),
        answered,
        () -> {
          Ledger.Page page = ledger.read(budget);
          Optional<Book> book = BookText.read(page);
          return new AgendaEvent.Read(order.number(), page, book);
        });
  }

  void write(AgendaEffect.Write order, Consumer<AgendaEvent> answered) {
    ask(
        order.number(),
        answered,
        () -> {
          String text = BookText.of(order.book());
          return new AgendaEvent.Wrote(
              order.number(), ledger.write(order.term(), order.before(), text, budget));
        });
  }

  private interface Question {
    AgendaEvent put() throws StoreException;
  }

  private void ask(long number, Consumer<AgendaEvent> answered, Question question) {
    try {
      asker.execute(() -> answered.accept(answer(number, question)));
    } catch (RejectedExecutionException closing) {
      answered.accept(new AgendaEvent.Unanswered(number, "not asked any more", false));
    }
  }

  private static AgendaEvent answer(long number, Question question) {
    try {
      return question.put();
    } catch (StoreException none) {
      return switch (none) {
        case UnavailableException silent ->
            new AgendaEvent.Unanswered(number, String.valueOf(silent.getMessage()), false);
        case RejectedException refused ->
            new AgendaEvent.Unanswered(number, String.valueOf(refused.getMessage()), true);
      };
    } catch (IllegalArgumentException unreadable) {
      return new AgendaEvent.Unanswered(
          number,
          unreadable.getMessage()
              + "; no tick is run until it is mended, or removed, which begins a new series",
          true);
    } catch (RuntimeException | LinkageError fault) {
      return new AgendaEvent.Unanswered(number, "the backend failed: " + fault, false);
    }
  }

  /** Asks nothing more; a question under way is interrupted. */
  @Override
  public void close() {
    asker.shutdownNow();
  }
}
