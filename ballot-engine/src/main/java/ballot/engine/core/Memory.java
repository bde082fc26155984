package ballot.engine.core;

import java.util.Optional;

/**
 * What a candidate remembers across its states.
 *
 * @param open the question under way
 * @param lookAgain whether a signal came while it was under way
 * @param questions how many were asked
 * @param pace how far the questions of late have used up their share of time
 * @param runs how many runs were started
 * @param highestEnded the highest term that is over for this candidate
 * @param holdOffUntil until when an earlier leader's work may still be ending: nothing is started
 *     and nothing given back as if all were quiet
 * @param restUntil when the next run may start: this candidate rests between two
 * @param failures campaigns without an answer, in a row
 * @param errors runs that ended badly, in a row
 * @param silentSince since when the store has not answered
 * @param refused whether the last answer that was none was a refusal
 * @param heard whether the store has ever answered
 * @param giveUpAt when to stop waiting for the first leadership that work comes of
 * @param told how often this candidate was told to leave
 * @param waitingBecause the last reason for waiting that was told
 * @param unfit why this candidate must not lead at present; empty when it may
 */
record Memory(
    Optional<Question.Open> open,
    boolean lookAgain,
    long questions,
    Moment pace,
    long runs,
    long highestEnded,
    Moment holdOffUntil,
    Moment restUntil,
    int failures,
    int errors,
    Optional<Moment> silentSince,
    boolean refused,
    boolean heard,
    Moment giveUpAt,
    int told,
    String waitingBecause,
    Optional<String> unfit) {

  /** What a candidate knows before anything has happened. */
  static Memory blank(Moment giveUpAt, Optional<String> unfit) {
    return new Memory(
        Optional.empty(),
        false,
        0,
        Moment.LONG_AGO,
        0,
        0,
        Moment.LONG_AGO,
        Moment.LONG_AGO,
        0,
        0,
        Optional.empty(),
        false,
        false,
        giveUpAt,
        0,
        "",
        unfit);
  }
}
