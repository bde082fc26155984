package ballot.exec;

/** Which processes belong to a command. */
sealed interface Kin {

  /** Whether a process is one of them. */
  boolean includes(ProcessStat process, ProcessTable table);

  /** The process that the command was executed in, and its process group. */
  long leader();

  /** None of them has a lower number. */
  long lowest();

  /** The line that makes the guard know them, for a run of that number. */
  String registration(long run);

  /**
   * Everything in a session.
   *
   * @param leader the process that began it; its number is the session's
   * @param start when that process started
   * @param before how numbers were given out before that
   */
  record Session(long leader, long start, Numbering before) implements Kin {

    /** Nobody joins a session from outside: all of it descends from its leader. */
    @Override
    public long lowest() {
      return before.ascendsFrom(leader) ? leader : 0;
    }

    @Override
    public boolean includes(ProcessStat process, ProcessTable table) {
      return process.session() == leader && !(process.pid() == leader && process.start() != start);
    }

    @Override
    public String registration(long run) {
      return "run %d %d %d".formatted(run, leader, start);
    }
  }

  /**
   * A foreground job. It shares the session of the terminal with the user's shell, and programs
   * such as timeout(1) leave its process group; so it is the group, and whatever else in that
   * session carries a mark in its environment.
   *
   * @param leader the process that began the group
   * @param start when that process started
   * @param session the terminal's
   * @param mark the value of {@code BALLOT_RUN_JOB}
   */
  record Job(long leader, long start, long session, String mark) implements Kin {

    /** The variable that marks the processes of a job. */
    static final String VARIABLE = "BALLOT_RUN_JOB";

    /** Any process of the terminal's session can join the group. */
    @Override
    public long lowest() {
      return 0;
    }

    @Override
    public boolean includes(ProcessStat process, ProcessTable table) {
      return process.group() == leader
          || (process.session() == session
              && table.environmentOf(process.pid()).contains(VARIABLE + "=" + mark));
    }

    @Override
    public String registration(long run) {
      return "job %d %d %d %d %s".formatted(run, leader, start, session, mark);
    }
  }
}
