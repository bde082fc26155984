package ballot.cli.logging;

/** Writes lines; used by the log's thread alone. */
interface Sink {

  /** Writes a line, now or with the last one of its batch. */
  void write(LogEntry entry, boolean endsBatch);

  /** Lets go of what it holds; what was written is out. */
  void close();
}
