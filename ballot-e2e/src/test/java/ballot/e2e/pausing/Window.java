package ballot.e2e.pausing;

import java.util.Locale;

/** A moment in the life of a tick at which its leader can be killed. */
public enum Window {
  /** The claim is about to go to the store. */
  CLAIM_SENT("claim sent, not there yet"),
  /** The claim stands in the store, and the leader has no answer. */
  CLAIM_TAKEN("claim there, no answer yet"),
  /** The leader has the answer and has begun to start the command. */
  CLAIM_ANSWERED("claim answered, not started"),
  /** The command has left its own record. */
  COMMAND_STARTED("command started"),
  /** The outcome is about to go to the store. */
  OUTCOME_SENT("outcome sent, not there yet"),
  /** The outcome stands in the store, and the leader has no answer. */
  OUTCOME_TAKEN("outcome there, no answer yet");

  private final String title;

  Window(String title) {
    this.title = title;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** As files are called. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
