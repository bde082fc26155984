package ballot.cli.render;

import ballot.api.ElectionName;
import ballot.api.Roster;
import ballot.cli.process.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An election as a table for people; the leader's line begins with a star. */
public final class RosterTable {

  private static final String IS_LEADER = "is leader";
  private static final String BOLD = "\u001b[1m";
  private static final String RESET = "\u001b[0m";

  private final int width;
  private final boolean colours;

  /** For a page of that width. */
  public RosterTable(int width, boolean colours) {
    this.width = width;
    this.colours = colours;
  }

  /** The text, its last line ended. */
  public String of(ElectionName election, String backend, Roster roster) {
    StringBuilder text = new StringBuilder();
    text.append("election ").append(election).append(" (").append(backend).append(")\n");
    roster.notes().forEach(note -> text.append("note: ").append(OneLine.of(note)).append('\n'));
    List<Roster.Entry> entries = entries(roster);
    if (roster.leader().isEmpty()) {
      text.append("nobody leads").append(entries.isEmpty() ? ", nobody waits" : "").append('\n');
    }
    if (!entries.isEmpty()) {
      table(roster, entries).forEach(line -> text.append(emphasised(line)).append('\n'));
    }
    return text.toString();
  }

  private String emphasised(String line) {
    return colours && line.startsWith("*") ? BOLD + line + RESET : line;
  }

  private List<String> table(Roster roster, List<Roster.Entry> entries) {
    Table table = new Table(width, " ", "ID", "HOST", "PID", "TERM", "NOTES");
    for (Roster.Entry entry : entries) {
      boolean leads = roster.leader().filter(leader -> isSame(leader, entry)).isPresent();
      table.add(
          leads ? "*" : " ",
          shown(entry.id()),
          shown(entry.host()),
          shown(entry.pid()),
          entry.term() == null ? "" : entry.term().toString(),
          OneLine.of(String.join("; ", notes(entry, leads))));
    }
    return table.lines();
  }

  private static List<String> notes(Roster.Entry entry, boolean leads) {
    List<String> notes = new ArrayList<>(entry.notes());
    if (leads && !notes.contains(IS_LEADER)) {
      notes.addFirst(IS_LEADER);
    }
    return notes;
  }

  /** What the store knows about a leader is in its own entry, so that one is shown. */
  private static List<Roster.Entry> entries(Roster roster) {
    List<Roster.Entry> entries = new ArrayList<>();
    Optional<Roster.Entry> leader = roster.leader();
    leader.ifPresent(entries::add);
    roster.candidates().stream()
        .filter(entry -> leader.filter(one -> isSame(one, entry)).isEmpty())
        .forEach(entries::add);
    return entries;
  }

  private static boolean isSame(Roster.Entry one, Roster.Entry other) {
    return Objects.equals(one.id(), other.id())
        && Objects.equals(one.host(), other.host())
        && Objects.equals(one.pid(), other.pid())
        && Objects.equals(one.proposalNode(), other.proposalNode());
  }

  private static String shown(@Nullable String value) {
    return value == null ? "?" : OneLine.of(value);
  }
}
