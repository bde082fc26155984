package ballot.cli.settings.file;

/** What is wrong in a file, and on which line; 0 when it is the file as a whole. */
final class FileFault extends Exception {

  private static final long serialVersionUID = 1L;

  private final int line;

  FileFault(int line, String message) {
    super(message, null, false, false);
    this.line = line;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  int line() {
    return line;
  }
}
