package ballot.cli.testing;

import ballot.api.Candidacy;
import ballot.api.Candidate;
import ballot.api.ChangeSignal;
import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.RejectedException;
import ballot.api.Roster;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Shows what its scene says, and logs on the way as a careless plugin would. */
final class NotebookStore implements ElectionStore {

  private static final System.Logger LOGGER = System.getLogger(NotebookStore.class.getName());
  private static final Instant STOOD = Instant.parse("2022-01-07T21:40:17.537208Z");
  private static final Instant SEEN = Instant.parse("2022-01-07T21:40:47.556610Z");

  private final Scene scene;
  private final String token;

  NotebookStore(Scene scene, String token) {
    this.scene = scene;
    this.token = token;
  }

  @Override
  public Duration nominalValidity() {
    return Duration.ofSeconds(10);
  }

  @Override
  public Candidacy stand(ElectionName election, Candidate candidate, ChangeSignal signal) {
    throw new UnsupportedOperationException("nobody stands here");
  }

  @Override
  public Roster observe(ElectionName election, Duration budget) throws StoreException {
    LOGGER.log(
        System.Logger.Level.DEBUG, "looking at {0} with {1} for {2}", election, token, new Term(7));
    return switch (scene) {
      case EMPTY -> new Roster(Optional.empty(), List.of(), List.of());
      case LED -> led();
      case FOREIGN ->
          new Roster(
              Optional.of(Roster.Entry.unreadable("key x", List.of("held by another tool"))),
              List.of(),
              List.of("lock-delay in force until 13:40:50"));
      case NASTY -> nasty();
      case UNAVAILABLE ->
          throw new UnavailableException(
              "could not look at "
                  + election
                  + " at http://me:"
                  + token
                  + "@shelf: timed out after "
                  + budget.toSeconds()
                  + " s",
              new IllegalStateException("socket with " + token));
      case REJECTED -> throw new RejectedException("the notebook refuses to show " + election);
      case BROKEN -> throw new IllegalStateException("the notebook is torn, token " + token);
    };
  }

  private static Roster led() {
    Roster.Entry one =
        Roster.Entry.of(new Candidate("candidate-5", "host-5", 25048, STOOD))
            .at("/ballot/myservice/proposal-0000031785");
    Roster.Entry leader =
        one.alive(Duration.ofSeconds(10), SEEN)
            .leading(new Term(31785))
            .noted(List.of("is leader", "last heartbeat 2.242563s ago", "possibly resigning"));
    Roster.Entry two =
        Roster.Entry.of(new Candidate("candidate-2", "host-2", 5967, STOOD))
            .at("/ballot/myservice/proposal-0000031786")
            .alive(Duration.ofMillis(90_500), null)
            .noted(List.of("should be leader but another candidate is claiming the role"));
    return new Roster(Optional.of(leader), List.of(one, two), List.of());
  }

  private static Roster nasty() {
    List<String> notes =
        List.of(
            "yes",
            "null",
            "~",
            "",
            " leading",
            "trailing ",
            "a: b",
            "a #b",
            "- x",
            "? x",
            "*x",
            "&x",
            "!x",
            "%x",
            "@x",
            "`x",
            "'x'",
            "\"x\"",
            "1e5",
            "0x1F",
            "1_000",
            "12:30:45",
            "2022-01-07",
            "line\nline",
            "tab\there",
            "\u0000",
            "\u001b[31mred",
            "\u0085",
            "\u2028",
            "\ufeff",
            "\ud83d\ude00",
            "\ud83d",
            "snowman ☃",
            "{a}",
            "[a]",
            "a,b",
            "a:",
            "<<",
            "=",
            ".inf",
            "0o17",
            "1.",
            "+1");
    Roster.Entry entry =
        new Roster.Entry("n: o", "tab\t", "007", Instant.EPOCH, null, null, null, null, notes);
    return new Roster(Optional.of(entry), List.of(entry), List.of());
  }

  @Override
  public void close() {}
}
