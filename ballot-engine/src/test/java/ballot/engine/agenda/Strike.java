package ballot.engine.agenda;

/** What goes wrong. */
enum Strike {
  CRASH("leader killed"),
  FREEZE("leader frozen"),
  LONG_FREEZE("leader frozen beyond its lease"),
  OUTAGE("store away"),
  CUT("leader cut off from the store"),
  LEAVE("leader told to leave"),
  CLOCK("clock stepped");

  final String words;

  Strike(String words) {
    this.words = words;
  }
}
