package ballot.api;

/**
 * How much a candidate is wanted as the leader of its election, compared with the others.
 *
 * <p>Not every store can go by it, and candidates of other tools know nothing of it; a leader that
 * cannot be asked to step down is waited for.
 *
 * @param priority who has a higher one goes first when several stand; others count as 0
 * @param preempts whether it also asks a leader of a lower priority to step down for it
 */
public record Preference(long priority, boolean preempts) {

  /** Like everybody who says nothing about it. */
  public static final Preference NONE = new Preference(0, false);

  /** Whether a leader with another preference is asked to step down for one with this. */
  public boolean takesOverFrom(Preference leader) {
    return preempts && priority > leader.priority;
  }
}
