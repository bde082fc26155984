package ballot.consul;

import ballot.api.Candidacy;
import ballot.api.Lease;
import ballot.api.ServiceSpec.Role;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import ballot.consul.OnServices.Attended;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of ours that leads and tags as it is told to, for elections with other tools: asks in a loop,
 * works while its lease lasts, and gives back in order.
 */
final class OurSide implements AutoCloseable {

  private static final Duration BUDGET = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final String name;
  private final Attended attended;
  private final Candidacy candidacy;
  private final Referee referee;
  private final Thread thread = new Thread(this::run, "our-side");
  private volatile boolean closed;
  private @Nullable Term term;
  private long worksFrom;
  private long worksUntil;

  OurSide(String name, Attended attended, Candidacy candidacy, Referee referee) {
    this.name = name;
    this.attended = attended;
    this.candidacy = candidacy;
    this.referee = referee;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        try {
          turn();
        } catch (UnavailableException nobodyKnows) {
          stopWhenOver();
        }
        attended.signals().await(PAUSE);
      }
    } catch (StoreException | InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    } finally {
      referee.ends(name);
    }
  }

  private void turn() throws StoreException {
    boolean fit = attended.instance().look(BUDGET).unfit().isEmpty();
    Term held = term;
    if (held == null) {
      attended.instance().wear(Role.REPLICA, Optional.empty(), BUDGET);
      if (fit) {
        hears(candidacy.campaign(BUDGET), System.nanoTime());
      }
    } else if (fit) {
      long asked = System.nanoTime();
      hears(candidacy.renew(held, BUDGET), asked);
      works();
    } else {
      stops();
      attended.instance().wear(Role.REPLICA, Optional.empty(), BUDGET);
      candidacy.resign(held, BUDGET);
    }
  }

  private void hears(Verdict verdict, long asked) {
    switch (verdict) {
      case Elected elected -> {
        Lease lease = elected.lease();
        if (term == null) {
          worksFrom = System.nanoTime() + elected.holdOff().toNanos();
        }
        term = lease.term();
        worksUntil = asked + lease.validFor().toNanos();
      }
      case NotElected refused -> stops();
    }
  }

  private void works() throws StoreException {
    stopWhenOver();
    if (term != null && System.nanoTime() - worksFrom >= 0) {
      referee.begins(name, worksUntil);
      attended.instance().wear(Role.PRIMARY, attended.instance().session(), BUDGET);
    }
  }

  private void stopWhenOver() {
    if (term != null && System.nanoTime() - worksUntil >= 0) {
      stops();
    }
  }

  private void stops() {
    term = null;
    referee.ends(name);
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
