package ballot.testkit;

import ballot.api.Candidate;
import ballot.api.ElectionName;
import ballot.api.Lease;
import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt;
import ballot.api.Roster;
import ballot.api.Roster.Entry;
import ballot.api.Term;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The elections of a store that lives in memory, right or with a {@link Flaw}. */
final class MemoryServer {

  static final Duration VALIDITY = Duration.ofSeconds(3);
  private static final long TURN_NANOS = 100_000_000;
  private static final int PATIENCE = 150;

  private final Flaw flaw;
  private final Map<String, Ballot> ballots = new HashMap<>();
  private long lastTerm;

  MemoryServer(Flaw flaw) {
    this.flaw = flaw;
  }

  /** One candidacy as the server knows it. */
  record Member(Candidate candidate, Runnable signal) {}

  private static final class Ballot {
    final MemoryLedgers ledgers;
    final List<Member> line = new ArrayList<>();
    @Nullable Member holder;
    long term;
    long heldUntil;
    long freeSince;
    int refusals;

    Ballot(Flaw flaw) {
      this.ledgers = new MemoryLedgers(flaw);
    }
  }

  private Ballot ballot(ElectionName election) {
    String path = election.path();
    return ballots.computeIfAbsent(
        is(Flaw.IGNORES_CASE_IN_NAMES) ? path.toLowerCase(Locale.ROOT) : path,
        any -> new Ballot(flaw));
  }

  boolean is(Flaw one) {
    return flaw == one;
  }

  synchronized Verdict campaign(ElectionName election, Member member) {
    Ballot ballot = ballot(election);
    free(ballot);
    if (ballot.holder == member) {
      return elected(ballot);
    }
    if (!ballot.line.contains(member)) {
      ballot.line.add(member);
    }
    boolean free = ballot.holder == null && isNext(ballot, member);
    if (!free && !is(Flaw.LETS_EVERYBODY_WIN)) {
      return refused(ballot);
    }
    ballot.holder = member;
    ballot.line.remove(member);
    lastTerm += is(Flaw.GIVES_THE_SAME_TERM_TWICE) && lastTerm > 0 ? 0 : 1;
    ballot.term = lastTerm;
    return elected(ballot);
  }

  private boolean isNext(Ballot ballot, Member member) {
    return ballot.line.getFirst() == member
        || is(Flaw.LETS_WHO_RESIGNED_GO_FIRST)
        || System.nanoTime() - ballot.freeSince > TURN_NANOS;
  }

  private void free(Ballot ballot) {
    boolean over = System.nanoTime() - ballot.heldUntil >= 0;
    if (ballot.holder != null && over && !is(Flaw.NEVER_LETS_A_LEASE_RUN_OUT)) {
      ballot.holder = null;
      ballot.freeSince = System.nanoTime();
    }
  }

  private Elected elected(Ballot ballot) {
    Duration held = is(Flaw.LETS_A_LEASE_RUN_OUT_EARLY) ? VALIDITY.dividedBy(4) : VALIDITY;
    ballot.heldUntil = System.nanoTime() + held.toNanos();
    Duration told = is(Flaw.SAYS_THAT_LEASES_DO_NOT_RUN_OUT) ? Lease.UNBOUNDED : VALIDITY;
    return Elected.atOnce(new Lease(new Term(ballot.term), told));
  }

  private NotElected refused(Ballot ballot) {
    ballot.refusals++;
    if (is(Flaw.TIRES_OF_QUESTIONS) && ballot.refusals > PATIENCE) {
      ballot.holder = null;
    }
    Candidate holder = ballot.holder == null ? null : ballot.holder.candidate();
    if (holder != null && is(Flaw.NAMES_SOMEBODY_ELSE)) {
      holder = new Candidate("x", holder.host(), holder.pid(), holder.proposedAt());
    }
    return NotElected.heldBy(holder);
  }

  synchronized Verdict renew(ElectionName election, Member member, Term term) {
    Ballot ballot = ballot(election);
    free(ballot);
    boolean right = ballot.holder == member && ballot.term == term.number();
    if (!right && !is(Flaw.RENEWS_ANY_TERM)) {
      return refused(ballot);
    }
    if (is(Flaw.GIVES_A_NEW_TERM_AT_EVERY_RENEWAL)) {
      ballot.term = ++lastTerm;
    }
    return is(Flaw.RENEWS_ANY_TERM) ? Elected.atOnce(new Lease(term, VALIDITY)) : elected(ballot);
  }

  synchronized void resign(ElectionName election, Member member, Term term) {
    Ballot ballot = ballot(election);
    boolean right = ballot.holder == member && ballot.term == term.number();
    boolean stays =
        is(Flaw.IGNORES_RESIGNATIONS)
            || is(Flaw.KEEPS_THE_ELECTION_AFTER_A_PAGE) && !ballot.ledgers.isBlank();
    if (is(Flaw.RESIGNS_ANY_TERM) || right && !stays) {
      ballot.holder = null;
      ballot.ledgers.termIsOver();
      ballot.freeSince = System.nanoTime();
      ballot.line.remove(member);
      if (is(Flaw.LETS_WHO_RESIGNED_GO_FIRST)) {
        ballot.line.addFirst(member);
      }
      if (!is(Flaw.TELLS_NOBODY)) {
        List.copyOf(ballot.line).forEach(waiting -> waiting.signal().run());
      }
    }
  }

  /** What was won by a question whose answer was lost is forgotten, and so is the line. */
  synchronized void forget(ElectionName election, Member member) {
    Ballot ballot = ballot(election);
    if (ballot.holder == member) {
      ballot.holder = null;
      ballot.term = 0;
    }
  }

  synchronized void leave(ElectionName election, Member member) {
    if (!is(Flaw.FORGETS_TO_LEAVE_THE_LINE)) {
      ballot(election).line.remove(member);
    }
  }

  synchronized Roster observe(ElectionName election, Member onlooker) {
    Ballot ballot = ballot(election);
    free(ballot);
    if (is(Flaw.JOINS_WHEN_OBSERVING)) {
      ballot.line.add(onlooker);
    }
    Optional<Entry> leader =
        Optional.ofNullable(ballot.holder)
            .map(holder -> Entry.of(holder.candidate()).leading(new Term(ballot.term)));
    Stream<Entry> waiting = ballot.line.stream().map(member -> Entry.of(member.candidate()));
    return new Roster(leader, Stream.concat(leader.stream(), waiting).toList(), List.of());
  }

  synchronized boolean leads(ElectionName election, Member member, Term term) {
    Ballot ballot = ballot(election);
    free(ballot);
    return ballot.holder == member && ballot.term == term.number();
  }

  synchronized Page readLedger(ElectionName election, String name) {
    return ballot(election).ledgers.read(name);
  }

  synchronized Receipt writeLedger(
      ElectionName election, Member member, Term term, String name, Page before, String text) {
    return writeLedger(election, leads(election, member, term), name, before, text);
  }

  synchronized Receipt writeLedger(
      ElectionName election, boolean leads, String name, Page before, String text) {
    Ballot ballot = ballot(election);
    Receipt receipt = ballot.ledgers.write(leads, name, before, text);
    if (is(Flaw.BEGINS_A_TERM_WITH_EACH_PAGE)) {
      ballot.term = ++lastTerm;
    }
    return receipt;
  }

  synchronized void forceLedger(ElectionName election, String name, String text) {
    ballot(election).ledgers.put(name, text);
  }
}
