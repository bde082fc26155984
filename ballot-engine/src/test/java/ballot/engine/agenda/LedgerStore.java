package ballot.engine.agenda;

import ballot.api.Ledger;
import ballot.api.Term;
import java.util.Optional;

/** The store: who leads, and a ledger that only the leader of the current term can change. */
final class LedgerStore {

  private final Play play;
  private Optional<Book> book = Optional.empty();
  private long version;
  private long terms;
  private long holder;

  LedgerStore(Play play) {
    this.play = play;
  }

  /** Somebody wins; from now on nothing of an earlier term is written. */
  Term win() {
    holder = ++terms;
    return new Term(holder);
  }

  /** Nobody leads. */
  void release() {
    holder = 0;
  }

  boolean isHeldUnder(long term) {
    return holder == term;
  }

  Optional<Book> book() {
    return book;
  }

  Ledger.Page page() {
    return version == 0 ? Ledger.Page.BLANK : new Ledger.Page("page " + version, version);
  }

  Ledger.Receipt write(Reign reign, AgendaEffect.Write write) {
    if (holder != write.term().number()) {
      play.tally.count("writes refused for their term");
      return new Ledger.Receipt.NotLeading("term " + write.term() + " is over");
    }
    if (write.before().version() != version) {
      play.tally.count("writes overtaken");
      return new Ledger.Receipt.Overtaken();
    }
    play.referee.written(reign, write.term().number(), book, write.book());
    play.tally.count("writes");
    book = Optional.of(write.book());
    version++;
    return new Ledger.Receipt.Written(page());
  }
}
