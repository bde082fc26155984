package ballot.testkit;

import ballot.api.Candidate;
import ballot.api.ElectionName;
import ballot.api.HookCall;
import ballot.api.HookCall.Role;
import ballot.api.Term;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Calls for tests of hooks. */
public final class HookCalls {

  private HookCalls() {}

  /** One in which every value is another, and awkward where that may be. */
  public static HookCall promotion() {
    return of(Role.PROMOTE, "it was elected: \"at last\" & $(so) `on`; ünd\nso weiter");
  }

  /** The other one. */
  public static HookCall demotion() {
    return of(Role.DEMOTE, "it was told to leave");
  }

  /** One with nothing to say but what must be. */
  public static HookCall bare() {
    return new HookCall(
        Role.DEMOTE,
        "",
        "web",
        new ElectionName("service/web/leader"),
        candidate(),
        "local",
        new Term(1),
        "",
        "",
        0,
        Optional.empty(),
        Optional.empty());
  }

  private static HookCall of(Role role, String reason) {
    return new HookCall(
        role,
        reason,
        "the-service",
        new ElectionName("the/election"),
        candidate(),
        "the-backend",
        new Term(4_815_162_342L),
        "the-session",
        "192.0.2.17",
        8642,
        Optional.of("the-previous-leader"),
        Optional.of("the-leader"));
  }

  private static Candidate candidate() {
    return new Candidate("the-candidate", "the-host", 2317, Instant.EPOCH);
  }

  /** What can be found again of {@link #promotion}, however it is written down. */
  static List<String> distinctive() {
    return List.of(
        "promote",
        "it was elected",
        "$(so) `on`",
        "ünd",
        "the-service",
        "the/election",
        "the-candidate",
        "the-backend",
        "4815162342",
        "the-session",
        "192.0.2.17",
        "8642",
        "the-previous-leader",
        "the-leader");
  }
}
