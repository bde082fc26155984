package ballot.cli.render;

import ballot.api.Durations;
import ballot.api.GoTime;
import ballot.api.Roster;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An election as a document, with the fields that users of scality/ballot read. */
public final class RosterDocument {

  private final ZoneId zone;

  /** With times as a clock of that zone shows them. */
  public RosterDocument(ZoneId zone) {
    this.zone = zone;
  }

  /** The document; fields that are not known are left out, but for a leader that is not there. */
  public Map<String, @Nullable Object> of(Roster roster) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("leader", roster.leader().map(this::entry).orElse(null));
    document.put("allCandidates", roster.candidates().stream().map(this::entry).toList());
    if (!roster.notes().isEmpty()) {
      document.put("notes", roster.notes());
    }
    return document;
  }

  private Map<String, Object> entry(Roster.Entry entry) {
    Map<String, Object> fields = new LinkedHashMap<>();
    put(fields, "id", entry.id());
    put(fields, "host", entry.host());
    put(fields, "pid", entry.pid());
    if (entry.proposalTime() != null) {
      put(fields, "proposalTime", GoTime.format(entry.proposalTime(), zone));
    }
    put(fields, "proposalNode", entry.proposalNode());
    if (entry.sessionTimeout() != null) {
      put(fields, "sessionTimeout", Durations.format(entry.sessionTimeout()));
    }
    put(fields, "term", entry.term() == null ? null : entry.term().number());
    put(fields, "notes", entry.notes());
    if (entry.lastSeenTime() != null) {
      put(fields, "lastSeenTime", GoTime.format(entry.lastSeenTime(), zone));
    }
    return fields;
  }

  private static void put(Map<String, Object> fields, String key, @Nullable Object value) {
    if (value != null) {
      fields.put(key, value);
    }
  }
}
