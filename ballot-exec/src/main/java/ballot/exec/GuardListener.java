package ballot.exec;

/** Hears of the guard's misfortunes. Must return at once; called by a thread of this package. */
public interface GuardListener {

  /** The guard was lost and another one has taken over; commands were without for a moment. */
  default void replaced(String why) {}

  /**
   * There is no guard, and it was tried several times to start one. It is tried again from time to
   * time; what runs meanwhile would survive our death, and nothing new is started.
   */
  default void missing(String why) {}
}
