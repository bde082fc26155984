package ballot.exec;

/** A command that is hard to end. */
final class Crowd {

  /**
   * Twenty processes that ignore SIGTERM, one under timeout(1) in a group of its own, one forked
   * twice, one stopped. Says {@code ready} when all are there.
   */
  static final String SCRIPT =
      """
      trap '' TERM
      for i in {1..20}; do bash -c 'trap "" TERM; while :; do sleep 60; done' & done
      timeout 600 sleep 600 &
      ( ( bash -c 'trap "" TERM; sleep 600; :' & ) & )
      sleep 600 & kill -STOP $!
      while [ "$(ps -o pid= -s $$ | wc -l)" -lt 45 ]; do sleep 0.02; done
      echo ready
      wait
      """;

  private Crowd() {}
}
