package ballot.engine.core;

import java.util.Optional;

/** What happens to an election from outside. */
public sealed interface Event {

  /** Time has passed; perhaps nothing else. Also the first event. */
  record Tick() implements Event {}

  /** The store thinks that it is worth asking again. */
  record Signalled() implements Event {}

  /** A question came to its end. */
  record Answered(long number, Answer answer) implements Event {}

  /** All of a run's work is gone, by itself or because it was stopped. */
  record WorkEnded(long run, Outcome outcome) implements Event {}

  /**
   * A person or a supervisor wants this candidate to leave; the second time at once.
   *
   * @param signal the number of the signal, passed on to the work
   */
  record ToldToLeave(int signal) implements Event {}

  /**
   * Whether this candidate is fit to lead, as far as what it stands for is concerned: a service
   * whose check fails is not. Who is unfit does not campaign, and steps down in order if it leads.
   *
   * @param unfit why it is not, in a clause for a person; empty when it is
   */
  record Fitness(Optional<String> unfit) implements Event {}

  /**
   * How work ended.
   *
   * @param status the exit status, 128+n for a signal; 137 for work that its guard ended, and for
   *     work whose time was up before it began
   * @param message what to tell beyond the status, for work that could not start; else empty
   * @param overdue whether it is known to have ended because its time was up, and not by its own
   *     doing; whoever reports may learn that too late to say it
   */
  record Outcome(int status, String message, boolean overdue) {

    private static final int KILLED = 128 + 9;

    /** Work that ended, as far as anybody knows, by its own doing or because it was told to. */
    public Outcome(int status, String message) {
      this(status, message, false);
    }

    /** Whether the work ended by SIGKILL, as it does when its guard ends it. */
    boolean wasKilled() {
      return status == KILLED;
    }

    /** Whether the work ended well. */
    public boolean isSuccess() {
      return status == 0;
    }
  }
}
