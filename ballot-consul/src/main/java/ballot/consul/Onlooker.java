package ballot.consul;

import ballot.api.ElectionName;
import ballot.api.Roster;
import ballot.api.StoreException;
import ballot.api.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at an election without taking part. Whatever stands in the keys, it shows something. */
final class Onlooker {

  private final Kv kv;
  private final Sessions sessions;

  Onlooker(Kv kv, Sessions sessions) {
    this.kv = kv;
    this.sessions = sessions;
  }

  Roster look(ElectionName election, Patience patience) throws StoreException {
    Sight beside = Sight.beside(election, kv, patience);
    Sight sight = beside.withKey(Sight.ofKey(election, kv, patience).key());
    if (sight.isOverwritten()) {
      // Or won anew between the two questions.
      sight = Sight.beside(election, kv, patience).withKey(sight.key());
    }
    Optional<Roster.Entry> leader = Optional.empty();
    KvEntry key = sight.key();
    if (key != null && key.session() != null) {
      leader = Optional.of(leader(sight, key, key.session(), patience));
    }
    return new Roster(leader, line(sight), Remarks.onElection(election, sight));
  }

  private Roster.Entry leader(Sight sight, KvEntry key, String session, Patience patience)
      throws StoreException {
    Inscription inscription = sight.holder();
    Term term = sight.term();
    if (inscription.id() != null) {
      List<String> remarks = Remarks.onLeader(inscription);
      remarks.addAll(Remarks.onPreference(inscription, null));
      return entry(inscription, remarks)
          .at(Optional.ofNullable(inscription.proposal()).orElse(key.key()))
          .leading(term);
    }
    Optional<Sessions.Info> info = sessions.info(session, patience);
    return new Roster.Entry(
        session,
        info.map(Sessions.Info::node).orElse(null),
        null,
        null,
        key.key(),
        info.flatMap(Sessions.Info::ttl).orElse(null),
        null,
        term,
        Remarks.onForeigner(inscription, info));
  }

  private static List<Roster.Entry> line(Sight sight) {
    List<Roster.Entry> line = new ArrayList<>();
    String leading = sight.isHeld() ? sight.holder().proposal() : null;
    boolean nextIsKnown = false;
    for (KvEntry place : sight.line()) {
      Inscription inscription = Inscription.read(place);
      boolean leads = place.key().equals(leading);
      List<String> notes =
          leads ? Remarks.onLeader(inscription) : Remarks.onCandidate(!nextIsKnown);
      nextIsKnown |= !leads;
      Inscription leader = leads || !sight.isHeld() ? null : sight.holder();
      notes.addAll(Remarks.onPreference(inscription, leader));
      line.add(
          inscription.id() == null
              ? Roster.Entry.unreadable(place.key(), Remarks.unreadable(notes))
              : entry(inscription, notes).at(place.key()));
    }
    return line;
  }

  private static Roster.Entry entry(Inscription inscription, List<String> notes) {
    return new Roster.Entry(
        inscription.id(),
        inscription.host(),
        inscription.pid(),
        inscription.proposedAt(),
        null,
        inscription.timeout(),
        null,
        null,
        notes);
  }
}
