package ballot.testkit;

import ballot.api.ElectionName;
import ballot.api.Ledger;
import ballot.api.Ledger.Receipt.Overtaken;
import ballot.api.Ledger.Receipt.Written;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A ledger as a candidate in memory has it. */
record MemoryLedger(
    MemoryStore store,
    MemoryServer server,
    ElectionName election,
    MemoryServer.Member member,
    BooleanSupplier left,
    String name)
    implements Ledger {

  private static final long WAY_NANOS = 500_000;
  private static final long LATE_NANOS = 900_000_000;

  @Override
  public Page read(Duration budget) throws StoreException {
    return store.ask(
        budget,
        left,
        () -> {
          if (server.is(Flaw.JOINS_WHEN_READING)) {
            server.campaign(election, member);
          }
          return server.readLedger(election, name);
        },
        () -> {},
        Page.BLANK);
  }

  @Override
  public Receipt write(Term term, Page before, String text, Duration budget) throws StoreException {
    Ledger.bytes(text);
    boolean led = server.leads(election, member, term);
    try {
      return store.ask(
          budget, left, () -> write(term, before, text, led), () -> {}, new Overtaken());
    } catch (UnavailableException nobodyKnows) {
      if (server.is(Flaw.WRITES_LATER_WHATEVER_CAME_BETWEEN)) {
        Thread.ofVirtual().start(() -> writeLater(text));
      }
      if (server.is(Flaw.SAYS_WRITTEN_WHEN_NOBODY_KNOWS)) {
        return new Written(new Page(text, 1));
      }
      throw nobodyKnows;
    }
  }

  private Receipt write(Term term, Page before, String text, boolean led) {
    if (server.is(Flaw.ASKS_WHO_LEADS_BEFORE_IT_WRITES)) {
      LockSupport.parkNanos(WAY_NANOS);
      return server.writeLedger(election, led, name, before, text);
    }
    return server.writeLedger(election, member, term, name, before, text);
  }

  private void writeLater(String text) {
    long end = System.nanoTime() + LATE_NANOS;
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    server.forceLedger(election, name, text);
  }
}
