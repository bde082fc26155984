package ballot.consul;

/** Who stands for a service cannot lead now, because of the service's instance. */
final class UnfitException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * For a clause that says why.
   *
   * @param because shown to a person
   */
  UnfitException(String because) {
    super(because);
  }

  /** Why. */
  String because() {
    return String.valueOf(getMessage());
  }
}
