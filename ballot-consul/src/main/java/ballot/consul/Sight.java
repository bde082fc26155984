package ballot.consul;

import ballot.api.Candidate;
import ballot.api.ElectionName;
import ballot.api.Preference;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.Term;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of an election at one moment.
 *
 * @param index the store's count when what stands beside the key was seen
 * @param key the election's key, if it exists
 * @param last the record of the last leadership, if there is one and it may be read
 * @param line those who stand, in the order in which they are entitled to lead
 */
record Sight(long index, @Nullable KvEntry key, @Nullable KvEntry last, List<KvEntry> line) {

  /** Those who are preferred go first, and then who came first. */
  private static final Comparator<KvEntry> ORDER =
      Comparator.comparingLong(Sight::priority).reversed().thenComparingLong(KvEntry::createIndex);

  Sight {
    line =
        line.stream().allMatch(Sight::saysNoPreference)
            ? List.copyOf(line)
            : line.stream().sorted(ORDER).toList();
  }

  private static boolean saysNoPreference(KvEntry place) {
    return place.flags() != Names.PREFERENCE_FLAGS;
  }

  private static long priority(KvEntry place) {
    return saysNoPreference(place) ? 0 : Inscription.read(place).preference().priority();
  }

  /**
   * The truth of the moment about the key alone; index 0. What stands beside it is another
   * question: a listing of all that begins with the election's name would bring whatever else does.
   * That the two are not of one moment harms nobody: who leads is decided by a transaction that is
   * bound to the states of both that were seen.
   */
  static Sight ofKey(ElectionName election, Kv kv, Patience patience) throws StoreException {
    KvEntry key = kv.read(election.path(), "read election " + election, patience).orElse(null);
    return new Sight(0, key, null, List.of());
  }

  /** The truth of the moment about what stands beside the key. */
  static Sight beside(ElectionName election, Kv kv, Patience patience) throws StoreException {
    Kv.Listing listing = kv.list(Names.line(election), "read election " + election, patience);
    return of(election, listing.index(), listing.entries());
  }

  private static Sight of(ElectionName election, long index, List<KvEntry> entries) {
    return new Sight(
        index,
        find(entries, election.path()).orElse(null),
        find(entries, Names.last(election)).orElse(null),
        entries.stream()
            .filter(entry -> Names.isCandidate(election, entry.key()) && entry.isHeld())
            .sorted(Comparator.comparingLong(KvEntry::createIndex))
            .toList());
  }

  private static Optional<KvEntry> find(List<KvEntry> entries, String key) {
    return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
  }

  /** A listing that shows many elections, sorted by them so that each is found at once. */
  static final class Panorama {

    private final long index;
    private final Map<String, List<KvEntry>> byElection = new HashMap<>();

    Panorama(Kv.Listing listing) {
      this.index = listing.index();
      for (KvEntry entry : listing.entries()) {
        if (Names.concernsLeadership(entry.key())) {
          byElection
              .computeIfAbsent(Names.electionOf(entry.key()), name -> new ArrayList<>())
              .add(entry);
        }
      }
    }

    Sight of(ElectionName election) {
      return Sight.of(election, index, byElection.getOrDefault(election.path(), List.of()));
    }
  }

  /** The same with another state of the key. */
  Sight withKey(@Nullable KvEntry other) {
    return new Sight(index, other, last, line);
  }

  /** The same with what a part of a later one shows. */
  Sight with(Sight later, WatchPlan.Part part) {
    return switch (part) {
      case WHOLE -> later;
      case KEY -> withKey(later.key);
      case BESIDE -> later.withKey(key);
    };
  }

  boolean isHeld() {
    return key != null && key.isHeld();
  }

  boolean isHeldBy(String session) {
    return key != null && key.isHeldBy(session);
  }

  /** The index that a change of the key has to be based on; 0 where it does not exist. */
  long keyIndex() {
    return key == null ? 0 : key.modifyIndex();
  }

  /** The same of the record of the last leadership. */
  long lastIndex() {
    return last == null ? 0 : last.modifyIndex();
  }

  /** Nobody can lead where another tool admits several. */
  void refuseSemaphore(ElectionName election) throws RejectedException {
    if (key != null && key.flags() == Names.SEMAPHORE_FLAGS) {
      throw new RejectedException(
          "the key of "
              + election
              + " is a semaphore of another tool (consul lock -n …), which admits several holders"
              + " at once: choose another election");
    }
  }

  /** Whether the key is in another state than in an earlier sight. */
  boolean differs(Sight earlier) {
    return keyIndex() != earlier.keyIndex()
        || !Objects.equals(session(), earlier.session())
        || lastIndex() != earlier.lastIndex();
  }

  /** Whether others stand in line for the free key than in an earlier sight. */
  boolean isOtherLine(Sight earlier) {
    return !isHeld() && !line.equals(earlier.line);
  }

  private @Nullable String session() {
    return key == null ? null : key.session();
  }

  /** Whether the record is that of the session that holds the key. */
  private boolean isRecorded() {
    return last != null && Inscription.read(last).isOf(session());
  }

  /**
   * How long the lease of the last leader may be, if its session lasts and is another than that,
   * and it has not said that it has finished.
   */
  Optional<Duration> leaseOfTheLast(String asker) {
    if (last == null) {
      return Optional.empty();
    }
    Inscription leader = Inscription.read(last);
    boolean lasts =
        !leader.isOf(asker)
            && !leader.isReleased()
            && line.stream().anyMatch(place -> leader.isOf(place.session()));
    return lasts ? leader.lease() : Optional.empty();
  }

  /** Whether somebody wrote to the held key; that takes no leadership away. */
  boolean isOverwritten() {
    return isRecorded() && lastIndex() != keyIndex();
  }

  /** What the holder says of itself: on the key, or on the record where that was overwritten. */
  Inscription holder() {
    KvEntry said = key;
    if (last != null && isOverwritten()) {
      said = last;
    }
    return said == null ? Inscription.NONE : Inscription.read(said);
  }

  /** The term of the holder. */
  Term term() {
    return new Term(Math.max(isOverwritten() ? lastIndex() : keyIndex(), 1));
  }

  /** Those in line who ask a leader that is preferred so much to step down for them. */
  List<Candidate> challengers(Preference leader) {
    return line.stream()
        .filter(place -> !saysNoPreference(place))
        .map(Inscription::read)
        .filter(place -> place.preference().takesOverFrom(leader))
        .flatMap(place -> place.candidate().stream())
        .toList();
  }

  /** How many stand before the one with that key; all of them if it does not stand. */
  int rank(String candidateKey) {
    for (int place = 0; place < line.size(); place++) {
      if (line.get(place).key().equals(candidateKey)) {
        return place;
      }
    }
    return line.size();
  }

  /**
   * How many stand before it now that the key is free. Who gave it back went to the end of the line
   * with that; another watch, of what stands beside the key, may not have shown so yet.
   */
  int rankToLead(String candidateKey) {
    String former = last == null ? null : Inscription.read(last).proposal();
    int before = 0;
    for (KvEntry place : line) {
      if (place.key().equals(candidateKey)) {
        return before;
      }
      boolean hasMoved =
          saysNoPreference(place) && place.key().equals(former) && place.createIndex() < keyIndex();
      before += hasMoved ? 0 : 1;
    }
    return before;
  }

  boolean shows(String candidateKey) {
    return rank(candidateKey) < line.size();
  }
}
