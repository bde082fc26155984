package ballot.engine.simulation;

/** What can go wrong, each counted. */
enum Fault {
  QUESTION_LOST("question lost"),
  QUESTION_LATE("question reached the store after its budget"),
  ANSWER_LOST("answer lost"),
  ANSWER_LATE("answer came after its budget"),
  ANSWER_SLOW("answer took long, within its budget"),
  CALL_FAILED("question failed at once"),
  REFUSED("question refused"),
  SIGNAL_LOST("signal lost"),
  SIGNAL_LATE("signal late"),
  SIGNAL_DOUBLED("signal doubled"),
  SIGNAL_SPURIOUS("signal without a cause"),
  SIGNAL_STORM("signal during a question"),
  OUTAGE("store away"),
  PARTITION("one candidate cut off"),
  FREEZE("candidate frozen"),
  FREEZE_BEFORE_EFFECTS("candidate frozen between decision and deed"),
  CRASH("candidate killed"),
  EXPIRED("leader's session expired"),
  SESSION_DESTROYED("leader's session destroyed by hand"),
  KEY_DELETED("held key deleted by hand"),
  LATE_TICK("tick late"),
  CANNOT_START("command could not start"),
  SLOW_START("command slow to start"),
  STARTED_TOO_LATE("start refused: its time was over"),
  SLOW_STOP("command slow to stop"),
  IGNORES_STOP("command ignored the polite signal"),
  SLOW_DEATH("command slow to die"),
  STUCK("command outlived its kill by far"),
  KILLED_BY_GUARD("command killed by the guard"),
  ENDED_AT_THE_LAST("command ended at the moment of loss"),
  UNFIT("candidate unfit to lead for a while"),
  ASKED_TO_STEP_DOWN("leader asked to step down"),
  TOLD_TO_LEAVE("told to leave"),
  TOLD_TWICE("told to leave twice"),
  UNNOTICED_LOSS("overlap that no promise covers: loss by hand that could not be noticed"),
  UNKILLABLE_OVERLAP("overlap that no promise covers: work that outlived its kill");

  final String words;

  Fault(String words) {
    this.words = words;
  }
}
