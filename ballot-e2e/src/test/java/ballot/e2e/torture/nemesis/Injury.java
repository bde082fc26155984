package ballot.e2e.torture.nemesis;

/** A fault that was done. */
public interface Injury {

  /** To whom or what, for the log. */
  String whom();

  /** Undoes it, as far as that is to be done. */
  void heal() throws Exception;

  /** One that is over as soon as it is done. */
  static Injury done(String whom) {
    return of(whom, () -> {});
  }

  /** One with something to undo. */
  static Injury of(String whom, Healing healing) {
    return new Injury() {
      @Override
      public String whom() {
        return whom;
      }

      @Override
      public void heal() throws Exception {
        healing.heal();
      }
    };
  }

  /** What undoes. */
  @FunctionalInterface
  interface Healing {
    void heal() throws Exception;
  }
}
