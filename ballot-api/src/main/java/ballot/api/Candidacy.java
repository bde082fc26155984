package ballot.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One candidate's part in one election.
 *
 * <p>Questions come one at a time, each with a budget, from one thread that may block; only {@link
 * #close} may be called from another thread at any moment and makes a question under way return.
 * When the calling thread is interrupted a question returns promptly with {@link
 * UnavailableException} and the interrupt flag set. A question that got no answer may have taken
 * effect: the next one finds out, and never guesses. The numbers are those of the contract tests.
 *
 * <ul>
 *   <li>B1 a free election is won by the first to ask
 *   <li>B2 a held one is refused, naming the holder where the store can
 *   <li>B3 the holder renews and keeps its term
 *   <li>B4 every win has a higher term than every earlier one
 *   <li>B5 resigning frees the election within a stated delay
 *   <li>B6 an old term's renew or resign changes nothing
 *   <li>B7 a holder that falls silent keeps the election for {@code validFor} from when it last
 *       asked, and loses it within a stated bound
 *   <li>B8 no answer is {@link UnavailableException} within the budget, never a guess
 *   <li>B9 bad settings are {@link RejectedException}, naming the setting
 *   <li>B10 observing joins nothing
 *   <li>B11 closing is idempotent
 *   <li>B12 a signal may be late, doubled or missing
 *   <li>B13 elections of different names never meet
 *   <li>B14 interruption returns promptly and keeps the flag
 * </ul>
 */
public interface Candidacy extends AutoCloseable {

  /**
   * Asks to lead, once, without waiting for a leader to go. Joins the line of candidates where the
   * store keeps one. A candidate that leads already, because an earlier answer was lost, gets a
   * lease for the term it has.
   *
   * @return elected, with a lease counted from just before this call, or not elected
   * @throws UnavailableException nobody knows; ask again later
   * @throws RejectedException asking again will not help
   */
  Verdict campaign(Duration budget) throws StoreException;

  /**
   * Proves that the leadership of {@code term} lasts and prolongs it.
   *
   * @return elected with the same term, perhaps with a request to step down, or not elected when
   *     that leadership is over for certain
   * @throws UnavailableException nobody knows; the last lease stands until it runs out
   * @throws RejectedException the store refused for another reason than a lost leadership
   */
  Verdict renew(Term term, Duration budget) throws StoreException;

  /**
   * Gives the leadership of {@code term} back in order: the next leader may start at once. Called
   * only when the work of that term is gone for certain. After this the candidate is at the end of
   * the line, among those who are preferred as much. When {@code term} is not the one held, nothing
   * changes.
   *
   * @throws UnavailableException nobody knows; ask again, or leave it to run out
   * @throws RejectedException the store refused
   */
  void resign(Term term, Duration budget) throws StoreException;

  /**
   * Where whoever runs the work of this candidacy writes, before each command starts, the line of
   * {@code /proc/PID/stat} of the process that becomes it. A backend whose leadership ends at the
   * very moment its holder dies uses it to wait until nothing of the previous leader's work is
   * left.
   *
   * @return a file that exists while this candidate leads; empty for backends that need none
   */
  default Optional<Path> workRecord() {
    return Optional.empty();
  }

  /**
   * What the leader of this election keeps beside it, for this candidate to read, and to write
   * while it leads. Asks nothing.
   *
   * @param name which one: lower-case letters
   * @return empty for backends that keep none
   */
  default Optional<Ledger> ledger(String name) {
    return Optional.empty();
  }

  /**
   * Leaves the line of candidates. Does not resign: what is still held is left to run out, unless
   * the store frees it with the candidate. Idempotent, takes at most a second, any thread, keeps
   * the interrupt flag.
   */
  @Override
  void close();
}
