package ballot.zookeeper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Those who stood before a candidate, in the order in which they are entitled to lead. Nobody ever
 * comes to stand before it, so a line that was read once only gets shorter.
 *
 * @param before their names, the first one first
 */
record Line(List<String> before) {

  Line {
    before = List.copyOf(before);
  }

  /** Those of a listing who are before a candidate; empty when it is not listed itself. */
  static Optional<Line> of(Collection<String> children, String own) {
    if (!children.contains(own)) {
      return Optional.empty();
    }
    return Optional.of(
        new Line(
            children.stream()
                .filter(name -> Paths.isProposal(name) && name.compareTo(own) < 0)
                .sorted()
                .toList()));
  }

  /**
   * Who may lead first in place of a leader: the first of the others. That is the one right behind,
   * unless the leader took a new place after its session was lost.
   */
  static Optional<String> next(Collection<String> children, String leader) {
    return children.stream()
        .filter(name -> Paths.isProposal(name) && !name.equals(leader))
        .min(String::compareTo);
  }

  Line without(String name) {
    List<String> left = new ArrayList<>(before);
    left.remove(name);
    return new Line(left);
  }

  boolean isFirst() {
    return before.isEmpty();
  }

  /** Whether it is first, or will be when one goes. */
  boolean isNear() {
    return before.size() <= 1;
  }

  boolean has(String name) {
    return before.contains(name);
  }

  /**
   * Who is to be watched: the one before, and the one before that, whose going makes this candidate
   * next in line.
   */
  List<String> neighbours() {
    return before.subList(Math.max(0, before.size() - 2), before.size());
  }
}
