package ballot.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an onlooker sees of an election at one moment.
 *
 * @param leader the holder as far as the store knows one
 * @param candidates everybody in line, in the order in which they are entitled to lead; the leader
 *     among them where the store lists it
 * @param notes what a person should know about the election as a whole
 */
public record Roster(Optional<Entry> leader, List<Entry> candidates, List<String> notes) {

  /** Copies the lists. */
  public Roster {
    candidates = List.copyOf(candidates);
    notes = List.copyOf(notes);
  }

  /**
   * One leader or candidate. Fields that are unknown, because another tool wrote the entry or it
   * cannot be read, are null; nothing of a foreign entry is trusted to be well formed.
   *
   * @param id the candidate's id
   * @param host its host
   * @param pid its process id, as text
   * @param proposalTime when it began to stand, on its own clock
   * @param proposalNode where the store keeps it in line
   * @param sessionTimeout how long after its silence the store gives it up
   * @param lastSeenTime when it last showed life, where the store knows
   * @param term the term of a leader
   * @param notes what a person should know, in conditional words where it is a guess
   */
  public record Entry(
      @Nullable String id,
      @Nullable String host,
      @Nullable String pid,
      @Nullable Instant proposalTime,
      @Nullable String proposalNode,
      @Nullable Duration sessionTimeout,
      @Nullable Instant lastSeenTime,
      @Nullable Term term,
      List<String> notes) {

    /** Copies the notes. */
    public Entry {
      notes = List.copyOf(notes);
    }

    /** The entry of a candidate that introduced itself. */
    public static Entry of(Candidate candidate) {
      return new Entry(
          candidate.id(),
          candidate.host(),
          Long.toString(candidate.pid()),
          candidate.proposedAt(),
          null,
          null,
          null,
          null,
          List.of());
    }

    /** An entry of which nothing but its place is known. */
    public static Entry unreadable(String proposalNode, List<String> notes) {
      return new Entry(null, null, null, null, proposalNode, null, null, null, notes);
    }

    /** The same entry at a place in the store. */
    public Entry at(String node) {
      return new Entry(
          id, host, pid, proposalTime, node, sessionTimeout, lastSeenTime, term, notes);
    }

    /** The same entry with the store's knowledge of its life. */
    public Entry alive(@Nullable Duration timeout, @Nullable Instant lastSeen) {
      return new Entry(id, host, pid, proposalTime, proposalNode, timeout, lastSeen, term, notes);
    }

    /** The same entry as the leader of a term. */
    public Entry leading(Term number) {
      return new Entry(
          id, host, pid, proposalTime, proposalNode, sessionTimeout, lastSeenTime, number, notes);
    }

    /** The same entry with other notes. */
    public Entry noted(List<String> remarks) {
      return new Entry(
          id, host, pid, proposalTime, proposalNode, sessionTimeout, lastSeenTime, term, remarks);
    }
  }
}
