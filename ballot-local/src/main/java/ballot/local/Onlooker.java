package ballot.local;

import ballot.api.Roster;
import ballot.api.Roster.Entry;
import ballot.api.Term;
import ballot.local.Line.Place;
import ballot.local.ProcessIdentity.Life;
import ballot.local.Registration.Tenure;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at an election without taking part. Goes by what candidates wrote and by whether their
 * processes live; never opens the lock file, which could drop the lock of this very process.
 */
final class Onlooker {

  private final ElectionFolder folder;

  Onlooker(ElectionFolder folder) {
    this.folder = folder;
  }

  Roster roster() throws IOException {
    Line line = Line.of(folder);
    Optional<Place> leader = line.leader();
    List<Entry> entries = new ArrayList<>();
    leader.map(this::leaderEntry).ifPresent(entries::add);
    List<Place> others =
        line.places().stream().filter(place -> !place.equals(leader.orElse(null))).toList();
    boolean first = true;
    for (Place place : others.stream().filter(place -> place.life() != Life.GONE).toList()) {
      entries.add(waitingEntry(place, first));
      first = false;
    }
    others.stream()
        .filter(place -> place.life() == Life.GONE)
        .map(Onlooker::goneEntry)
        .forEach(entries::add);
    return new Roster(leader.map(this::leaderEntry), entries, notes(leader, others));
  }

  private Entry leaderEntry(Place place) {
    Tenure tenure = place.tenure().orElseThrow();
    List<String> notes = new ArrayList<>();
    notes.add("is leader");
    notes.add("leads since " + tenure.since());
    notes.addAll(lifeNotes(place, "keeps the leadership until it goes on or is killed"));
    return entry(place).leading(new Term(tenure.term())).noted(notes);
  }

  private static Entry waitingEntry(Place place, boolean first) {
    List<String> notes = new ArrayList<>();
    if (first) {
      notes.add("next in line");
    }
    notes.addAll(lifeNotes(place, "others go first meanwhile"));
    return entry(place).noted(notes);
  }

  private static Entry goneEntry(Place place) {
    String what =
        place
            .tenure()
            .map(
                tenure ->
                    "led term " + tenure.term() + " and is gone: its process ended or was killed")
            .orElse("gone: its process ended or was killed while it waited");
    return entry(place).noted(List.of(what));
  }

  private static List<String> lifeNotes(Place place, String whileStopped) {
    return switch (place.life()) {
      case UNKNOWN ->
          List.of("runs in another container or is hidden: whether it lives cannot be seen here");
      case ALIVE ->
          ProcessTable.living(place.badge().process().pid())
              .filter(ProcessStat::isStopped)
              .map(process -> List.of("stopped (as by SIGSTOP): " + whileStopped))
              .orElse(List.of());
      case GONE -> List.of();
    };
  }

  private static Entry entry(Place place) {
    String node = place.file().toString();
    Instant seen = place.life() == Life.ALIVE ? Instant.now() : written(place);
    return place
        .registration()
        .map(written -> Entry.of(written.candidate()).at(node).alive(null, seen))
        .orElseGet(() -> Entry.unreadable(node, List.of()).alive(null, seen));
  }

  private static @Nullable Instant written(Place place) {
    try {
      return Files.getLastModifiedTime(place.file()).toInstant();
    } catch (IOException gone) {
      return null;
    }
  }

  private List<String> notes(Optional<Place> leader, List<Place> others) throws IOException {
    List<String> notes = new ArrayList<>();
    if (leader.isEmpty()) {
      notes.addAll(leftovers());
    }
    if (others.stream().filter(place -> place.life() != Life.GONE).count() > 1) {
      notes.add("the order is that of joining; the kernel may let another of them go first");
    }
    return notes;
  }

  private List<String> leftovers() throws IOException {
    List<String> notes = new ArrayList<>();
    Leftovers leftovers = new Leftovers(folder.election());
    for (WorkRecord record : WorkRecord.of(folder)) {
      leftovers.of(record).stream()
          .map(left -> left.process().address())
          .map(left -> "possibly still being ended: " + left + " of the previous leader's command")
          .forEach(notes::add);
    }
    return notes;
  }
}
