package ballot.consul;

import ballot.api.Durations;
import ballot.api.ElectionName;
import ballot.api.Roster;
import ballot.api.StoreException;
import ballot.api.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at an election without taking part. Whatever stands in the keys, it shows something. */
final class Onlooker {

  private final Kv kv;
  private final Sessions sessions;

  Onlooker(Kv kv, Sessions sessions) {
    this.kv = kv;
    this.sessions = sessions;
  }

  Roster look(ElectionName election, Patience patience) throws StoreException {
    Kv.Listing listing = kv.read(election.path(), "read " + election, patience);
    Sight sight = Sight.of(election, listing);
    KvEntry key = sight.key();
    List<String> notes = new ArrayList<>();
    Optional<Roster.Entry> leader =
        key != null && key.isHeld() ? Optional.of(leader(key, patience)) : Optional.empty();
    if (leader.isEmpty()) {
      describeFree(key, sight, notes);
    }
    return new Roster(leader, line(sight, key), notes);
  }

  private Roster.Entry leader(KvEntry key, Patience patience) throws StoreException {
    Inscription inscription = Inscription.read(key);
    Term term = new Term(Math.max(key.modifyIndex(), 1));
    if (inscription.id() != null) {
      return entry(key, inscription, List.of("is leader"))
          .at(Optional.ofNullable(inscription.proposal()).orElse(key.key()))
          .leading(term);
    }
    return foreign(key, inscription, patience).leading(term);
  }

  /** Somebody else's leader: what its value and its session tell. */
  private Roster.Entry foreign(KvEntry key, Inscription inscription, Patience patience)
      throws StoreException {
    String session = String.valueOf(key.session());
    Optional<Sessions.Info> info = sessions.info(session, patience);
    List<String> notes = new ArrayList<>();
    notes.add(
        "held by another tool"
            + info.map(Sessions.Info::name)
                .filter(name -> !name.isEmpty())
                .map(name -> " (session '" + name + "')")
                .orElse(""));
    inscription
        .field("Address")
        .ifPresent(
            address ->
                notes.add(
                    "its service is at "
                        + address
                        + inscription.field("Port").map(port -> ":" + port).orElse("")));
    if (info.isEmpty()) {
      notes.add("its session is gone or may not be read");
    }
    info.filter(known -> !known.lockDelay().isZero())
        .ifPresent(
            known ->
                notes.add(
                    "when its session is lost, a lock-delay of "
                        + Durations.format(known.lockDelay())
                        + " will be in force"));
    return new Roster.Entry(
        session,
        info.map(Sessions.Info::node).orElse(null),
        null,
        null,
        key.key(),
        info.flatMap(Sessions.Info::ttl).orElse(null),
        null,
        null,
        notes);
  }

  private static void describeFree(@Nullable KvEntry key, Sight sight, List<String> notes) {
    if (key == null) {
      if (sight.last() != null) {
        notes.add(
            "the last leader's key has vanished: its session may have ended or somebody deleted"
                + " it; a new leader would wait a second before it starts");
      }
      return;
    }
    if (key.flags() == Names.SEMAPHORE_FLAGS) {
      notes.add("the key is a semaphore of another tool (consul lock -n …)");
    } else if (Inscription.read(key).isReleased()) {
      notes.add("released in order by its last leader");
    } else {
      notes.add(
          "free, but not marked as released in order: the last leader may only just be learning of"
              + " its loss; a lock-delay may be in force");
    }
  }

  private static List<Roster.Entry> line(Sight sight, @Nullable KvEntry key) {
    List<Roster.Entry> line = new ArrayList<>();
    String leading = key != null && key.isHeld() ? Inscription.read(key).proposal() : null;
    boolean nextKnown = false;
    for (KvEntry candidate : sight.line()) {
      List<String> notes = new ArrayList<>();
      if (candidate.key().equals(leading)) {
        notes.add("is leader");
      } else if (!nextKnown) {
        nextKnown = true;
        notes.add("next in line");
      }
      line.add(entry(candidate, Inscription.read(candidate), notes).at(candidate.key()));
    }
    return line;
  }

  private static Roster.Entry entry(KvEntry entry, Inscription inscription, List<String> notes) {
    if (inscription.id() == null) {
      List<String> more = new ArrayList<>(notes);
      more.add("unreadable entry");
      return Roster.Entry.unreadable(entry.key(), more);
    }
    return new Roster.Entry(
        inscription.id(),
        inscription.host(),
        inscription.pid(),
        inscription.proposedAt(),
        entry.key(),
        inscription.timeout(),
        null,
        null,
        notes);
  }
}
