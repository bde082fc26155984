package ballot.cli.cron;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Candidate;
import ballot.api.Lease;
import ballot.api.Term;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForeignLeadersTest {

  private static final Candidate THEIRS = new Candidate("theirs", "host", 7, Instant.EPOCH);
  private static final Candidate OTHERS = new Candidate("others", "host", 8, Instant.EPOCH);
  private static final Verdict OURS = NotElected.heldBy(THEIRS);

  private final List<String> lines = new ArrayList<>();
  private final ForeignLeaders leaders =
      new ForeignLeaders((level, message, term) -> lines.add(level + " " + message));

  private static Verdict ledBy(Candidate holder, String because) {
    return new NotElected(Optional.of(holder), because, Duration.ZERO, true);
  }

  private static Verdict ledByWhoever(String because) {
    return new NotElected(Optional.empty(), because, Duration.ZERO, true);
  }

  @Test
  void warns_once_while_one_leads() {
    leaders.heard(ledBy(THEIRS, "held by theirs"));
    leaders.heard(ledBy(THEIRS, "waiting for the lease of theirs to run out"));

    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst())
        .startsWith("WARN")
        .contains("held by theirs@host-7", "keeps no ledger", "neither claimed nor written down");
  }

  @Test
  void warns_of_the_next_one_too_named_or_not() {
    leaders.heard(ledBy(THEIRS, "held by theirs"));
    leaders.heard(ledBy(OTHERS, "held by others"));
    leaders.heard(ledByWhoever("held by another tool, session 1"));
    leaders.heard(ledByWhoever("held by another tool, session 2"));

    assertThat(lines).hasSize(4);
    assertThat(lines.getLast()).contains("held by another tool, session 2");
  }

  @Test
  void warns_again_when_one_leads_again() {
    leaders.heard(ledBy(THEIRS, "held by theirs"));
    leaders.heard(Elected.atOnce(new Lease(new Term(3), Duration.ofSeconds(2))));
    leaders.heard(ledBy(THEIRS, "held by theirs"));

    assertThat(lines).hasSize(2);
  }

  @Test
  void says_nothing_of_leaders_of_ours() {
    leaders.heard(OURS);

    assertThat(lines).isEmpty();
  }
}
