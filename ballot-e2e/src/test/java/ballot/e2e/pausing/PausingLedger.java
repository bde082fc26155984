package ballot.e2e.pausing;

import ballot.api.Ledger;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * A real ledger that holds still around writes where a test wants it, and that keeps a copy of
 * every page that the store has confirmed.
 */
final class PausingLedger implements Ledger {

  private final Ledger real;
  private final PauseFolder pauses;
  private final Path pages;
  private final String candidate;

  PausingLedger(Ledger real, PauseFolder pauses, String candidate) {
    this.real = real;
    this.pauses = pauses;
    this.pages = pauses.folder().resolve("pages");
    this.candidate = candidate;
  }

  @Override
  public Page read(Duration budget) throws StoreException {
    Page page = real.read(budget);
    keep(page);
    return page;
  }

  @Override
  public Receipt write(Term term, Page before, String text, Duration budget) throws StoreException {
    BookPage last = BookPage.of(before.text());
    BookPage next = BookPage.of(text);
    pass(Window.CLAIM_SENT, "claimed", last, next);
    pass(Window.OUTCOME_SENT, "succeeded", last, next);
    Receipt receipt = real.write(term, before, text, budget);
    if (receipt instanceof Receipt.Written written) {
      keep(written.page());
      pass(Window.CLAIM_TAKEN, "claimed", last, next);
      pass(Window.OUTCOME_TAKEN, "succeeded", last, next);
    }
    return receipt;
  }

  private void pass(Window window, String outcome, BookPage last, BookPage next)
      throws UnavailableException {
    var news = next.newly(outcome, last);
    if (news.isEmpty()) {
      return;
    }
    try {
      pauses.pass(window, candidate, news.get().tick());
    } catch (InterruptedException leadsNoMore) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while it held still");
    }
  }

  /** One line in one write, as other leaders write here too. */
  private void keep(Page page) {
    try {
      Files.writeString(
          pages, page.text() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }
}
