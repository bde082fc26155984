package ballot.zookeeper;

import ballot.api.ElectionName;
import ballot.api.Ledger;
import ballot.api.Roster;
import ballot.api.StoreException;
import ballot.api.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.KeeperException.Code;

/** Looks at an election without taking part. Whatever stands in the znodes, it shows something. */
final class Onlooker {

  private final Ensemble ensemble;
  private final Hosts hosts;
  private final Patience patience;

  Onlooker(Ensemble ensemble, Hosts hosts, Patience patience) {
    this.ensemble = ensemble;
    this.hosts = hosts;
    this.patience = patience;
  }

  Roster look(ElectionName election) throws StoreException {
    String base = Paths.base(election);
    String attempt = "look at " + election;
    Session session = ensemble.session(patience, attempt);
    var asked = Wire.read(session.handle(), base, null);
    var listed = Wire.children(session.handle(), base, null);
    Reply<Znode> lease = patience.await(asked, attempt);
    Reply<List<String>> children = patience.await(listed, attempt);
    if (lease.says(Code.NONODE) || children.says(Code.NONODE)) {
      checkChroot(session, attempt);
      return new Roster(Optional.empty(), List.of(), List.of(Remarks.nobodyEverStood(base)));
    }
    if (!lease.isOk() || !children.isOk()) {
      throw Failures.of(lease.isOk() ? children : lease, attempt);
    }
    return roster(base, lease.get(), candidates(session, base, children.get(), attempt));
  }

  /** A page of a ledger, as it is on the server that answers. */
  Ledger.Page read(ElectionName election, String ledger) throws StoreException {
    Book book = Book.of(election, ledger);
    String attempt = "read " + book.title();
    Session session = ensemble.session(patience, attempt);
    Reply<Znode> reply = patience.await(Wire.read(session.handle(), book.path(), null), attempt);
    if (reply.says(Code.NONODE)) {
      checkChroot(session, attempt);
    }
    return book.page(reply);
  }

  private void checkChroot(Session session, String attempt) throws StoreException {
    if (!hosts.chroot().isEmpty()
        && patience.await(Wire.exists(session.handle(), "/", null), attempt).says(Code.NONODE)) {
      throw Failures.noChroot(hosts);
    }
  }

  /** By name, in order; those that went in between are left out. */
  private Map<String, Reply<Znode>> candidates(
      Session session, String base, List<String> children, String attempt) throws StoreException {
    Map<String, CompletableFuture<Reply<Znode>>> asked = new LinkedHashMap<>();
    children.stream()
        .sorted()
        .forEach(name -> asked.put(name, Wire.read(session.handle(), base + "/" + name, null)));
    Map<String, Reply<Znode>> candidates = new LinkedHashMap<>();
    for (Map.Entry<String, CompletableFuture<Reply<Znode>>> entry : asked.entrySet()) {
      Reply<Znode> reply = patience.await(entry.getValue(), attempt);
      if (reply.isUnknown()) {
        throw Failures.of(reply, attempt);
      }
      if (!reply.says(Code.NONODE)) {
        candidates.put(entry.getKey(), reply);
      }
    }
    return candidates;
  }

  private static Roster roster(String base, Znode lease, Map<String, Reply<Znode>> candidates) {
    Instant now = Instant.now();
    Scene scene = Scene.of(base, lease, candidates, now);
    Optional<Roster.Entry> leader = scene.isHeld() ? Optional.of(leader(scene)) : Optional.empty();
    List<Roster.Entry> line = new ArrayList<>();
    for (Map.Entry<String, Reply<Znode>> candidate : candidates.entrySet()) {
      String path = base + "/" + candidate.getKey();
      line.add(candidate(scene, path, candidate.getValue()));
    }
    return new Roster(leader, line, Remarks.onElection(scene));
  }

  private static Roster.Entry leader(Scene scene) {
    Inscription lease = scene.lease();
    Roster.Entry entry =
        entry(lease, lease.proposal() == null ? scene.base() : lease.proposal())
            .alive(lease.timeout().orElse(null), lease.lastSeen())
            .noted(Remarks.onLeader(scene));
    return lease
        .term()
        .map(term -> entry.leading(new Term(term == 0 ? scene.written() : term)))
        .orElse(entry);
  }

  private static Roster.Entry candidate(Scene scene, String path, Reply<Znode> reply) {
    List<String> notes = Remarks.onCandidate(scene, path, reply);
    if (!reply.isOk()) {
      return Roster.Entry.unreadable(path, notes);
    }
    Inscription inscription = Inscription.read(reply.get().data());
    return entry(inscription, path)
        .alive(inscription.timeout().orElse(null), inscription.lastSeen())
        .noted(notes);
  }

  private static Roster.Entry entry(Inscription inscription, String path) {
    return new Roster.Entry(
        inscription.id(),
        inscription.host(),
        inscription.pid(),
        inscription.proposedAt(),
        path,
        null,
        null,
        null,
        List.of());
  }
}
