package ballot.zookeeper.foreign;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the Go tool writes about a candidate, and what it reads of one: these fields and no others,
 * each of this form; fields it does not know it passes over.
 *
 * @param lastSeenTime of a lease only
 */
public record GoProposal(
    String candidateId,
    String hostname,
    String pid,
    Instant proposalTime,
    String proposalNode,
    Duration sessionTimeout,
    @Nullable Instant lastSeenTime) {

  /**
   * Reads as Go does.
   *
   * @throws IllegalArgumentException when Go would fail
   */
  public static GoProposal read(byte[] data) {
    Map<String, FlatJson.Value> fields = FlatJson.read(new String(data, StandardCharsets.UTF_8));
    return new GoProposal(
        string(fields, "candidateId"),
        string(fields, "hostname"),
        string(fields, "pid"),
        GoText.time(string(fields, "proposalTime")),
        string(fields, "proposalNode"),
        GoText.duration(string(fields, "sessionTimeout")),
        fields.containsKey("lastSeenTime") ? GoText.time(string(fields, "lastSeenTime")) : null);
  }

  private static String string(Map<String, FlatJson.Value> fields, String name) {
    FlatJson.Value value = fields.get(name);
    if (value == null || !value.isString()) {
      throw new IllegalArgumentException("Go needs a string " + name + ", not " + value);
    }
    return value.text();
  }

  /**
   * Writes as Go does, its fields in its order.
   *
   * @param proposedAt the time as text, as it is kept from the beginning
   */
  static byte[] write(
      String id, String proposedAt, String node, Duration timeout, @Nullable String lastSeen) {
    String text =
        "{\"candidateId\":"
            + FlatJson.quote(id)
            + ",\"hostname\":"
            + FlatJson.quote("go-host")
            + ",\"pid\":"
            + FlatJson.quote("" + ProcessHandle.current().pid())
            + ",\"proposalTime\":"
            + FlatJson.quote(proposedAt)
            + ",\"proposalNode\":"
            + FlatJson.quote(node)
            + ",\"sessionTimeout\":"
            + FlatJson.quote(GoText.duration(timeout))
            + (lastSeen == null ? "" : ",\"lastSeenTime\":" + FlatJson.quote(lastSeen))
            + "}";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
