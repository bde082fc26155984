package ballot.consul;

import ballot.api.Candidate;
import ballot.api.Durations;
import ballot.api.Preference;
import ballot.api.ServiceInstance.Place;
import com.google.gson.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the values of keys: of a held one, of one that was given back, of a place in line,
 * of the record of the last leadership. Fields of ncode/ballot's value come first, so that its
 * reader finds what it looks for; it ignores the rest.
 */
final class Inscription {

  private static final String SESSION = "SessionID";
  private static final String ID = "CandidateId";
  private static final String HOST = "Host";
  private static final String PID = "Pid";
  private static final String PROPOSED_AT = "ProposedAt";
  private static final String PROPOSAL = "ProposalNode";
  private static final String TIMEOUT = "SessionTimeout";
  private static final String HOLD_OFF = "HoldOff";
  private static final String RELEASED = "Released";
  private static final String PRIORITY = "Priority";
  private static final String PREEMPTS = "Preempts";

  private final JsonObject fields;

  private Inscription(JsonObject fields) {
    this.fields = fields;
  }

  /** No word of anybody. */
  static final Inscription NONE = new Inscription(new JsonObject());

  /** Reads what somebody wrote; a text that is no JSON object has no fields. */
  static Inscription read(KvEntry entry) {
    return new Inscription(Json.object(entry.text()).orElseGet(JsonObject::new));
  }

  /** On a held key, with where a service's instance serves; the hold-off is for people. */
  static String held(
      Candidate candidate, Optional<Place> instance, String proposal, Life life, Duration holdOff) {
    JsonObject fields = new JsonObject();
    fields.addProperty("Address", instance.map(Place::address).orElse(""));
    fields.addProperty("Port", instance.map(Place::port).orElse(0));
    fields.addProperty(SESSION, life.session());
    introduce(fields, candidate);
    fields.addProperty(PROPOSAL, proposal);
    fields.addProperty(TIMEOUT, Durations.format(life.timeout()));
    holdOff(fields, holdOff);
    return fields.toString();
  }

  /**
   * On a key that was given back.
   *
   * @param inOrder whether nothing of the leader's work, nor of that of the leader before, can be
   *     left
   */
  static String givenBack(Candidate candidate, boolean inOrder) {
    JsonObject fields = new JsonObject();
    fields.addProperty(SESSION, "");
    fields.addProperty(RELEASED, inOrder);
    introduce(fields, candidate);
    return fields.toString();
  }

  /** On a place in line. */
  static String standing(Candidate candidate, Life life) {
    JsonObject fields = new JsonObject();
    introduce(fields, candidate);
    fields.addProperty(TIMEOUT, Durations.format(life.timeout()));
    return fields.toString();
  }

  /**
   * On the record of the last leadership.
   *
   * @param holdOff how long something of the leadership before may be left
   */
  static String led(Candidate candidate, String proposal, Life life, Duration holdOff) {
    return record(candidate, proposal, life, false, holdOff);
  }

  /** On the record of a leadership that was lost, when nothing of its work is left. */
  static String over(Candidate candidate, String proposal, Life life) {
    return record(candidate, proposal, life, true, Duration.ZERO);
  }

  private static String record(
      Candidate candidate, String proposal, Life life, boolean over, Duration holdOff) {
    JsonObject fields = new JsonObject();
    fields.addProperty(SESSION, life.session());
    if (over) {
      fields.addProperty(RELEASED, true);
    }
    introduce(fields, candidate);
    fields.addProperty(PROPOSAL, proposal);
    fields.addProperty(TIMEOUT, Durations.format(life.timeout()));
    holdOff(fields, holdOff);
    return fields.toString();
  }

  private static void holdOff(JsonObject fields, Duration holdOff) {
    if (!holdOff.isZero()) {
      fields.addProperty(HOLD_OFF, Durations.format(holdOff));
    }
  }

  private static void introduce(JsonObject fields, Candidate candidate) {
    fields.addProperty(ID, candidate.id());
    fields.addProperty(HOST, candidate.host());
    fields.addProperty(PID, candidate.pid());
    fields.addProperty(PROPOSED_AT, candidate.proposedAt().toString());
    if (candidate.preference().priority() != 0) {
      fields.addProperty(PRIORITY, candidate.preference().priority());
    }
    if (candidate.preference().preempts()) {
      fields.addProperty(PREEMPTS, true);
    }
  }

  /** Whether it says that leadership was given back in order. */
  boolean isReleased() {
    return Json.text(fields, RELEASED).filter("true"::equals).isPresent();
  }

  /** Whether it was written under that session. */
  boolean isOf(@Nullable String session) {
    return session != null && Json.text(fields, SESSION).filter(session::equals).isPresent();
  }

  /** Whether this candidacy wrote it when it won. */
  boolean isBy(String session, String proposal) {
    return isOf(session) && Json.text(fields, PROPOSAL).filter(proposal::equals).isPresent();
  }

  /** Whether the leader of that session says that nothing of its work is left. */
  boolean isReleasedBy(@Nullable String session) {
    return isReleased() && isOf(session);
  }

  /** The candidate that wrote it, if it introduced itself whole. */
  Optional<Candidate> candidate() {
    String id = id();
    String host = host();
    Instant proposedAt = proposedAt();
    if (id == null || host == null || proposedAt == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Candidate(id, host, Json.number(fields, PID), proposedAt, preference()));
    } catch (IllegalArgumentException unusable) {
      return Optional.empty();
    }
  }

  /** How much its candidate is preferred; whoever says nothing about it is not. */
  Preference preference() {
    boolean preempts = Json.text(fields, PREEMPTS).filter("true"::equals).isPresent();
    return new Preference(Json.number(fields, PRIORITY), preempts);
  }

  @Nullable String id() {
    return Json.text(fields, ID).orElse(null);
  }

  @Nullable String host() {
    return Json.text(fields, HOST).orElse(null);
  }

  @Nullable String pid() {
    return Json.text(fields, PID).orElse(null);
  }

  @Nullable String proposal() {
    return Json.text(fields, PROPOSAL).orElse(null);
  }

  @Nullable Instant proposedAt() {
    try {
      return Json.text(fields, PROPOSED_AT).map(Instant::parse).orElse(null);
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  @Nullable Duration timeout() {
    return duration(TIMEOUT).orElse(null);
  }

  /** How long something of its leader's work, or of that of the leader before, may be left. */
  Optional<Duration> lease() {
    return duration(TIMEOUT)
        .map(
            timeout ->
                duration(HOLD_OFF).filter(other -> other.compareTo(timeout) > 0).orElse(timeout));
  }

  private Optional<Duration> duration(String field) {
    try {
      return Json.text(fields, field).map(Durations::parse);
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** How long its leader waited before it started its work. */
  Optional<String> holdOff() {
    return Json.text(fields, HOLD_OFF);
  }

  /** A field as it stands there. */
  Optional<String> field(String name) {
    return Json.text(fields, name);
  }
}
