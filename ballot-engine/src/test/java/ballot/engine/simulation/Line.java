package ballot.engine.simulation;

/** One candidate's connection to the store. */
final class Line {

  private final World world;
  private long cutUntil;
  private Kind kind = Kind.SILENT;
  private long refusedUntil;

  /** How a line can be cut. */
  enum Kind {
    /** Questions vanish. */
    SILENT,
    /** Questions fail at once. */
    LOUD,
    /** Questions arrive, answers do not. */
    ONE_WAY
  }

  Line(World world) {
    this.world = world;
  }

  void cut(long until, Kind how) {
    cutUntil = until;
    kind = how;
  }

  void refuse(long until) {
    refusedUntil = until;
  }

  void mend() {
    cutUntil = 0;
    refusedUntil = 0;
  }

  boolean isCut() {
    return world.now() < cutUntil;
  }

  boolean isCut(Kind how) {
    return isCut() && kind == how;
  }

  boolean isRefused() {
    return world.now() < refusedUntil;
  }
}
