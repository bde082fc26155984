package ballot.engine.agenda;

/** Planted bugs. A simulation that does not notice them proves nothing. */
enum Mutant {
  /** None. */
  NONE,
  /** A claim without an answer is taken for one that stands. */
  SILENCE_IS_CONSENT,
  /** A claim is taken to stand as soon as it is sent. */
  STARTS_BEFORE_THE_ANSWER,
  /** What cannot be read is taken for a ledger in which nobody ever wrote. */
  FORGETS_WHAT_WAS_DECIDED,
  /** A tick that was perhaps run is run again, though nobody asked for it. */
  RUNS_THE_UNKNOWN_AGAIN;

  /** What an agenda goes by when this was asked for. */
  AgendaRules rules(AgendaRules asked) {
    return switch (this) {
      case NONE, SILENCE_IS_CONSENT, STARTS_BEFORE_THE_ANSWER, FORGETS_WHAT_WAS_DECIDED -> asked;
      case RUNS_THE_UNKNOWN_AGAIN ->
          new AgendaRules(
              asked.concurrency(),
              asked.deadline(),
              asked.startDeadline(),
              asked.jitter(),
              asked.catchUp(),
              AgendaRules.OnUnknown.RERUN,
              asked.onSuccess(),
              asked.onError(),
              asked.rerunDelay(),
              asked.stopTimeout());
    };
  }
}
