/**
 * Candidates, servers and a network with everything going wrong, by a plan that a seed gives, and a
 * judge who looks from outside whether what is promised holds. {@code bench/torture} runs it.
 */
@NullMarked
package ballot.e2e.torture;

import org.jspecify.annotations.NullMarked;
