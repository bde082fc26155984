package ballot.e2e.torture.nemesis;

/** A fault that was done. */
public interface Injury {

  /** To whom or what, for the log. */
  String whom();

  /** Whether there was nobody to do it to; it does not count then. */
  default boolean isMissed() {
    return false;
  }

  /** Undoes it, as far as that is to be done. */
  void heal() throws Exception;

  /** One that met nobody. */
  static Injury missed(String whom) {
    return new Injury() {
      @Override
      public String whom() {
        return whom + ", in vain";
      }

      @Override
      public boolean isMissed() {
        return true;
      }

      @Override
      public void heal() {}
    };
  }

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
