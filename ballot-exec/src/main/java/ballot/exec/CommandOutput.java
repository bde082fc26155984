package ballot.exec;

/** What a command's standard streams are. */
public sealed interface CommandOutput {

  /**
   * Its output comes line by line to a sink, its input is {@code /dev/null}: it is a job without a
   * terminal, and nobody could tell which of several commands a typed line is for.
   *
   * @param sink told each line
   */
  record Relayed(LineSink sink) implements CommandOutput {}

  /**
   * Its input, output, error and terminal are ours.
   *
   * <p>If one of them is our terminal and we are in its foreground, the command becomes the
   * foreground job, so that {@code /dev/tty}, Ctrl-C and the window's size reach it and not us;
   * Ctrl-Z does not suspend it. If we are in the background of the terminal, the command gets
   * {@code /dev/null} instead of it, so that it does not take what is typed for somebody else.
   */
  record Inherited() implements CommandOutput {}
}
