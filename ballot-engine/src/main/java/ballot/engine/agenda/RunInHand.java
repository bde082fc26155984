package ballot.engine.agenda;

import ballot.engine.core.Moment;

/**
 * A run whose command was started, or is about to be.
 *
 * @param entry as it is written down
 * @param overdueAt when it has taken too long
 * @param killAt when it is killed, once it was asked to end
 * @param ending why it was asked to end; {@link Entry.Outcome#RUNNING} if it was not
 */
record RunInHand(Entry.Run entry, Moment overdueAt, Moment killAt, Entry.Outcome ending) {

  static RunInHand of(Entry.Run entry, Moment overdueAt) {
    return new RunInHand(entry, overdueAt, Moment.NEVER, Entry.Outcome.RUNNING);
  }

  boolean isEnding() {
    return ending != Entry.Outcome.RUNNING;
  }

  RunInHand as(Entry.Run newer) {
    return new RunInHand(newer, overdueAt, killAt, ending);
  }

  RunInHand endingFor(Entry.Outcome why, Moment kill) {
    return new RunInHand(entry, Moment.NEVER, kill, why);
  }

  RunInHand killed() {
    return new RunInHand(entry, Moment.NEVER, Moment.NEVER, ending);
  }

  Moment wakeAt() {
    return Moment.earlier(overdueAt, killAt);
  }
}
