package ballot.zookeeper;

import ballot.api.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.zookeeper.KeeperException.Code;

/** What a person should know about an election and those who stand; guesses are said to be such. */
final class Remarks {

  private static final Duration DRIFT_WORTH_TELLING = Duration.ofSeconds(2);

  private Remarks() {}

  static String nobodyEverStood(String base) {
    return "nobody has stood yet: there is no znode " + base;
  }

  static List<String> onLeader(Scene scene) {
    List<String> remarks = new ArrayList<>();
    Inscription lease = scene.lease();
    remarks.add(
        lease.id() == null ? "holds the lease, but what it wrote is unreadable" : "is leader");
    remarks.add("last heartbeat " + ago(scene.age()));
    if (!scene.holderStands()) {
      remarks.add("possibly gone or resigning: its place in line is no longer there");
      scene
          .runsOutIn()
          .ifPresent(left -> remarks.add("its lease runs out in " + text(left) + " if it is"));
    } else if (!Objects.equals(lease.proposal(), scene.first())) {
      remarks.add("not the first in line: possibly went on after its session was lost");
    }
    lease
        .timeout()
        .filter(timeout -> scene.holderStands() && scene.age().compareTo(timeout) > 0)
        .ifPresent(timeout -> remarks.add("possibly cut off: it has not been heard in time"));
    scene
        .drift()
        .filter(drift -> drift.abs().compareTo(DRIFT_WORTH_TELLING) > 0)
        .ifPresent(
            drift ->
                remarks.add(
                    "its clock may be "
                        + text(drift.abs())
                        + (drift.isNegative() ? " behind" : " ahead of")
                        + " that of the servers"));
    return remarks;
  }

  static List<String> onCandidate(Scene scene, String path, Reply<Znode> reply) {
    List<String> remarks = new ArrayList<>();
    if (!Paths.isProposal(Paths.name(path))) {
      remarks.add(
          "not a candidate by its name: the Go tool may count it as one, and wait for it to go");
    }
    if (scene.isHolder(path)) {
      remarks.add("is leader");
    } else if (path.equals(scene.first())) {
      onFirst(scene, remarks);
    } else if (path.equals(scene.second()) && scene.isHeld()) {
      remarks.add("next in line");
    }
    if (!reply.isOk()) {
      remarks.add(
          reply.says(Code.NOAUTH) ? "unreadable: its ACL does not let us" : "unreadable entry");
      return remarks;
    }
    onZnode(scene, path, reply.get(), remarks);
    return remarks;
  }

  private static void onFirst(Scene scene, List<String> remarks) {
    if (!scene.isHeld()) {
      remarks.add("next in line, and about to lead");
      return;
    }
    if (scene.holderStands()) {
      remarks.add("should be leader but another candidate is claiming the role");
      return;
    }
    remarks.add("should be leader, possibly waiting for the previous leader's lease to run out");
    scene
        .runsOutIn()
        .ifPresent(
            left ->
                remarks.add(
                    "may lead in "
                        + text(left)
                        + ", at "
                        + scene.now().plus(left).truncatedTo(ChronoUnit.MILLIS)));
  }

  private static void onZnode(Scene scene, String path, Znode znode, List<String> remarks) {
    Inscription inscription = Inscription.read(znode.data());
    if (inscription.id() == null) {
      remarks.add("unreadable entry");
    } else if (scene.isHeld()
        && !scene.isHolder(path)
        && inscription.id().equals(scene.lease().id())) {
      remarks.add("a candidate of this id holds the lease");
    }
    if (znode.stat().getEphemeralOwner() == 0) {
      remarks.add("made by hand: no session will take it away");
    }
    Instant made = Instant.ofEpochMilli(znode.stat().getCtime());
    remarks.add("proposal node created " + ago(Duration.between(made, scene.now())));
  }

  static List<String> onElection(Scene scene) {
    List<String> remarks = new ArrayList<>();
    if (!scene.isHeld()) {
      remarks.add("free: no lease is held");
    } else if (!scene.holderStands() && scene.first() != null) {
      remarks.add("an election may be in progress");
    }
    return remarks;
  }

  private static String ago(Duration age) {
    return age.isNegative()
        ? text(age.negated()) + " in the future of this host's clock"
        : text(age) + " ago";
  }

  private static String text(Duration duration) {
    return Durations.format(duration.truncatedTo(ChronoUnit.MILLIS));
  }
}
