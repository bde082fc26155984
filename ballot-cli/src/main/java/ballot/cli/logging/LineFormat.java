package ballot.cli.logging;

/** How one line of the log looks. Used by one thread at a time. */
interface LineFormat {

  /** Appends the line, line end included. */
  void append(StringBuilder text, LogEntry entry);
}
