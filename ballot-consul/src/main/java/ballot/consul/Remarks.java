package ballot.consul;

import ballot.api.Durations;
import ballot.api.ElectionName;
import ballot.api.Preference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a person should know about an election and those who stand; guesses are said to be such. */
final class Remarks {

  private Remarks() {}

  static List<String> onLeader(Inscription inscription) {
    List<String> remarks = new ArrayList<>(List.of("is leader"));
    inscription
        .holdOff()
        .ifPresent(
            holdOff ->
                remarks.add(
                    "followed a leader that vanished: may have waited, or still be waiting, "
                        + holdOff
                        + " before it starts its work"));
    return remarks;
  }

  /** A leader that did not introduce itself as ours do. */
  static List<String> onForeigner(Inscription inscription, Optional<Sessions.Info> info) {
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "is leader, held by another tool"
            + info.map(Sessions.Info::name)
                .filter(name -> !name.isEmpty())
                .map(name -> " (session '" + name + "')")
                .orElse(""));
    inscription
        .field("Address")
        .ifPresent(
            address ->
                remarks.add(
                    "its service is at "
                        + address
                        + inscription.field("Port").map(port -> ":" + port).orElse("")));
    if (info.isEmpty()) {
      remarks.add("its session may be gone already, or may not be read with this token");
    }
    info.map(Sessions.Info::lockDelay)
        .filter(delay -> !delay.isZero())
        .ifPresent(
            delay ->
                remarks.add(
                    "if its session is lost, a lock-delay of "
                        + Durations.format(delay)
                        + " will keep others out"));
    return remarks;
  }

  static List<String> onCandidate(boolean next) {
    return new ArrayList<>(next ? List.of("next in line") : List.of());
  }

  /**
   * How much a candidate is preferred, if it says so.
   *
   * @param leader whom it may want to follow, if another leads
   */
  static List<String> onPreference(Inscription inscription, @Nullable Inscription leader) {
    Preference own = inscription.preference();
    List<String> remarks = new ArrayList<>();
    if (own.priority() != 0) {
      remarks.add("has priority " + own.priority());
    }
    if (leader != null && own.takesOverFrom(leader.preference())) {
      remarks.add(
          leader.id() == null
              ? "would take over, but the leader cannot be asked to step down"
              : "asks the leader to step down for it");
    }
    return remarks;
  }

  static List<String> unreadable(List<String> others) {
    List<String> remarks = new ArrayList<>(others);
    remarks.add("unreadable entry");
    return remarks;
  }

  static List<String> onElection(ElectionName election, Sight sight) {
    List<String> remarks = new ArrayList<>();
    KvEntry key = sight.key();
    if (key == null) {
      onMissingKey(sight, remarks);
    } else {
      onKey(election, sight, key, remarks);
    }
    return remarks;
  }

  private static void onMissingKey(Sight sight, List<String> remarks) {
    if (sight.last() != null) {
      Inscription leader = Inscription.read(sight.last());
      remarks.add("the last leader, " + name(leader) + whatBecameOf(sight, leader));
    }
  }

  private static String whatBecameOf(Sight sight, Inscription leader) {
    if (leader.isReleased()) {
      return ", lost its key and has finished its work";
    }
    return (sight.leaseOfTheLast("").isPresent()
            ? ", has lost its key, which was deleted: who leads next waits until its lease must"
                + " have run out"
            : ", is gone: its session ended or its key was deleted; who leads next waits "
                + Durations.format(HoldOff.NOTICE))
        + " before it starts its work";
  }

  private static void onKey(ElectionName election, Sight sight, KvEntry key, List<String> remarks) {
    Inscription inscription = sight.holder();
    if (key.flags() == Names.SEMAPHORE_FLAGS) {
      remarks.add(
          "the key is a semaphore of another tool (consul lock -n …), which admits several"
              + " holders: candidates of ours refuse it");
    } else if (sight.isOverwritten()) {
      remarks.add("somebody wrote to the key since it was taken; that takes nothing away");
    } else if (key.isHeld()) {
      if (inscription.id() != null && sight.last() == null) {
        remarks.add("who waits cannot be seen: that needs rights on " + election + "/.ballot/");
      }
    } else if (inscription.isReleased()) {
      remarks.add("free: given back in order by " + name(inscription));
    } else {
      remarks.add(
          "free, but not given back in order: the last leader may only just be learning of its"
              + " loss, and a lock-delay may be in force");
    }
  }

  private static String name(Inscription inscription) {
    String id = Optional.ofNullable(inscription.id()).orElse("unknown");
    return inscription.host() == null ? id : id + " on " + inscription.host();
  }
}
