package ballot.engine.agenda;

/** The moments at which something goes wrong. */
enum Window {
  CLAIM_SENT("as the claim is sent"),
  CLAIM_STANDS("between the claim's effect and its answer"),
  START_ORDERED("as the start is ordered"),
  STARTING("between the start and the news of it"),
  ENDED("as the run ends"),
  OUTCOME_SENT("as the outcome is sent"),
  READING("as the ledger is read"),
  TICK("as a tick falls due"),
  ANY("at any time");

  final String words;

  Window(String words) {
    this.words = words;
  }
}
