package ballot.zookeeper;

import ballot.api.Candidate;
import ballot.api.Durations;
import ballot.api.GoTime;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a znode, of a candidate or of the lease: the JSON of scality/ballot, field by
 * field and in its order. Its reader ignores the one field that only a lease of ours has, the term.
 */
final class Inscription {

  private static final String ID = "candidateId";
  private static final String HOST = "hostname";
  private static final String PID = "pid";
  private static final String PROPOSED_AT = "proposalTime";
  private static final String PROPOSAL = "proposalNode";
  private static final String TIMEOUT = "sessionTimeout";
  private static final String LAST_SEEN = "lastSeenTime";
  private static final String TERM = "term";

  /** Somebody may have written anything; nobody is to wait for years because of it. */
  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

  private static final int LONGEST_TEXT = 40;

  private final JsonObject fields;

  private Inscription(JsonObject fields) {
    this.fields = fields;
  }

  /** Reads what somebody wrote; what is no JSON object has no fields. */
  static Inscription read(byte[] data) {
    try {
      JsonElement element = JsonParser.parseString(new String(data, StandardCharsets.UTF_8));
      return new Inscription(element.isJsonObject() ? element.getAsJsonObject() : new JsonObject());
    } catch (JsonParseException | StackOverflowError somethingElse) {
      return new Inscription(new JsonObject());
    }
  }

  /** Of a candidate; its node has no name yet. */
  static byte[] standing(Candidate candidate, Duration timeout) {
    return bytes(introduction(candidate, "", timeout));
  }

  /**
   * Of a lease.
   *
   * @param term zero in the writing that wins, whose transaction is the term
   */
  static byte[] lease(
      Candidate candidate, String proposal, Duration timeout, Instant now, long term) {
    JsonObject fields = introduction(candidate, proposal, timeout);
    fields.addProperty(LAST_SEEN, GoTime.format(now, ZoneId.systemDefault()));
    fields.addProperty(TERM, term);
    return bytes(fields);
  }

  private static JsonObject introduction(Candidate candidate, String proposal, Duration timeout) {
    JsonObject fields = new JsonObject();
    fields.addProperty(ID, candidate.id());
    fields.addProperty(HOST, candidate.host());
    fields.addProperty(PID, Long.toString(candidate.pid()));
    fields.addProperty(PROPOSED_AT, GoTime.format(candidate.proposedAt(), ZoneId.systemDefault()));
    fields.addProperty(PROPOSAL, proposal);
    fields.addProperty(TIMEOUT, Durations.format(timeout));
    return fields;
  }

  private static byte[] bytes(JsonObject fields) {
    return fields.toString().getBytes(StandardCharsets.UTF_8);
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
      long process = Long.parseLong(Optional.ofNullable(pid()).orElse("0"));
      return Optional.of(new Candidate(id, host, process, proposedAt));
    } catch (IllegalArgumentException unusable) {
      return Optional.empty();
    }
  }

  @Nullable String id() {
    return text(ID).orElse(null);
  }

  @Nullable String host() {
    return text(HOST).orElse(null);
  }

  @Nullable String pid() {
    return text(PID).orElse(null);
  }

  @Nullable Instant proposedAt() {
    return text(PROPOSED_AT).flatMap(GoTime::parse).orElse(null);
  }

  @Nullable Instant lastSeen() {
    return text(LAST_SEEN).flatMap(GoTime::parse).orElse(null);
  }

  /** The path of the candidate's znode, as it says. */
  @Nullable String proposal() {
    return text(PROPOSAL).orElse(null);
  }

  /** What it asks for, or nothing where that is no duration that a session can have. */
  Optional<Duration> timeout() {
    try {
      return text(TIMEOUT)
          .filter(text -> text.length() <= LONGEST_TEXT)
          .map(Durations::parse)
          .filter(timeout -> timeout.isPositive() && timeout.compareTo(LONGEST_TIMEOUT) <= 0);
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** The term of a lease of ours; zero where the transaction that wrote it is the term. */
  Optional<Long> term() {
    try {
      return text(TERM).map(Long::parseLong).filter(term -> term >= 0);
    } catch (NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  private Optional<String> text(String field) {
    JsonElement element = fields.get(field);
    return element != null && element.isJsonPrimitive()
        ? Optional.of(element.getAsString()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }
}
