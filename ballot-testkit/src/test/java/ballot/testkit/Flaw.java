package ballot.testkit;

/** A way in which a backend can be wrong, and the rules that must find it. */
enum Flaw {
  NONE(),
  LETS_EVERYBODY_WIN("B1_", "B2_"),
  NAMES_SOMEBODY_ELSE("B2_"),
  GIVES_A_NEW_TERM_AT_EVERY_RENEWAL("B3_"),
  SAYS_THAT_LEASES_DO_NOT_RUN_OUT("B1_", "B3_"),
  GIVES_THE_SAME_TERM_TWICE("B4_"),
  IGNORES_RESIGNATIONS("B5_"),
  TELLS_NOBODY("B5_"),
  LETS_WHO_RESIGNED_GO_FIRST("B5_"),
  RENEWS_ANY_TERM("B6_"),
  RESIGNS_ANY_TERM("B6_"),
  LETS_A_LEASE_RUN_OUT_EARLY("B7_"),
  NEVER_LETS_A_LEASE_RUN_OUT("B7_"),
  GUESSES_WHEN_THERE_IS_NO_ANSWER("B8_"),
  WAITS_LONGER_THAN_THE_BUDGET("B8_"),
  ACCEPTS_BAD_SETTINGS("B9_"),
  BLAMES_NO_SETTING("B9_"),
  JOINS_WHEN_OBSERVING("B10_"),
  FORGETS_TO_LEAVE_THE_LINE("B10_"),
  FAILS_WHEN_CLOSED_TWICE("B11_"),
  ANSWERS_AFTER_CLOSING("B11_"),
  TIRES_OF_QUESTIONS("B12_"),
  IGNORES_CASE_IN_NAMES("B13_"),
  SWALLOWS_INTERRUPTS("B14_"),
  LOSES_WHAT_IT_DID_WHEN_INTERRUPTED("B14_");

  private final String[] rules;

  Flaw(String... rules) {
    this.rules = rules;
  }

  /** The beginnings of the names of tests; of each kind one at least must fail. */
  String[] rules() {
    return rules;
  }
}
