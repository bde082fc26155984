package ballot.exec;

/**
 * Where a command's output goes, line by line.
 *
 * <p>Called by one thread at a time, a thread of the command's own, in the order in which the lines
 * were read; between the two streams that order is approximate. It may block for as long as it
 * likes: the command never waits for it. What does not fit into the buffer meanwhile is dropped,
 * and counted. What it throws is logged once and otherwise ignored.
 */
public interface LineSink {

  /**
   * A line.
   *
   * @param text without its line end (LF or CR LF); bytes that are not UTF-8 are replaced; control
   *     characters are left in it
   * @param continued whether the text goes on where the stream's last one stopped, because the line
   *     was too long to be handed over whole
   */
  void line(Stream stream, String text, boolean continued);

  /** In this place so many lines are missing, as they came faster than they were taken. */
  void dropped(Stream stream, long lines);

  /** Which of the two outputs. */
  enum Stream {
    /** Standard output. */
    STDOUT,
    /** Standard error. */
    STDERR
  }
}
