package ballot.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A text that the leader of an election keeps in the store, beside the election: what it did, for
 * whoever leads next and for onlookers. Only the leader of the current term can change it, and only
 * by naming what it read before: so two leaders never both believe that they wrote the next page.
 *
 * <p>Safe for use by many threads, also while a question of its candidacy is under way. When the
 * calling thread is interrupted, or the candidacy is closed, a call returns promptly with {@link
 * UnavailableException}, the interrupt flag kept. The numbers are those of the contract tests.
 *
 * <ul>
 *   <li>L1 what was never written reads as {@link Page#BLANK}
 *   <li>L2 what the leader wrote everybody reads, and it outlasts the leader
 *   <li>L3 who writes after a page that is not the last one changes nothing, and is told
 *   <li>L4 who does not lead, or leads no longer, changes nothing, and is told
 *   <li>L5 from the moment that a term is won nothing of an earlier term is written any more, late
 *       answers and writes under way included
 *   <li>L6 no answer is {@link UnavailableException} within the budget, never a guess: the write
 *       may have happened, may happen until another one did, and reading finds out
 *   <li>L7 ledgers of different names, and of different elections, never meet
 *   <li>L8 reading changes nothing and joins nothing; ledgers are no candidates and no elections,
 *       neither for us nor for the tools that we share elections with
 *   <li>L9 a text of {@link #LONGEST} bytes comes back as it was
 *   <li>L10 a candidate that writes goes on leading, renewing and resigning as before
 * </ul>
 */
public interface Ledger {

  /** How many bytes of UTF-8 a text may have. */
  int LONGEST = 64 * 1024;

  /**
   * What stands there by now: every write that was answered before this was called is in it.
   *
   * @throws UnavailableException nobody knows; ask again later
   * @throws RejectedException the store refused, or what stands there is no text
   */
  Page read(Duration budget) throws StoreException;

  /**
   * Writes the next page, if this candidate leads under {@code term} and {@code before} is still
   * the last one.
   *
   * @param text at most {@link #LONGEST} bytes of UTF-8
   * @throws UnavailableException nobody knows whether it is written; read, or write the same again
   * @throws RejectedException the store refused, and nothing is written
   * @throws IllegalArgumentException for a text that is too long
   */
  Receipt write(Term term, Page before, String text, Duration budget) throws StoreException;

  /**
   * A text as it once stood.
   *
   * @param text what was written; empty if nothing was
   * @param version tells this page from every other of this ledger while the store lives; zero if
   *     nothing was written yet. Not a number to reckon with
   */
  record Page(String text, long version) {

    /** What stands where nobody ever wrote. */
    public static final Page BLANK = new Page("", 0);
  }

  /** What became of a write. */
  sealed interface Receipt {

    /** It is written. */
    record Written(Page page) implements Receipt {}

    /** The page before was not the last one any more. Nothing is written. */
    record Overtaken() implements Receipt {}

    /**
     * This candidate does not lead under that term, for certain. Nothing is written.
     *
     * @param because one clause for a person, never secret
     */
    record NotLeading(String because) implements Receipt {}
  }

  /**
   * Checks the length of a text.
   *
   * @return its bytes
   */
  static byte[] bytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LONGEST) {
      throw new IllegalArgumentException(
          "a ledger takes " + LONGEST + " bytes, not " + bytes.length);
    }
    return bytes;
  }

  /** Checks the name of a ledger: lower-case letters. */
  static String name(String name) {
    if (!name.matches("[a-z]+")) {
      throw new IllegalArgumentException("a ledger's name has lower-case letters only: " + name);
    }
    return name;
  }
}
