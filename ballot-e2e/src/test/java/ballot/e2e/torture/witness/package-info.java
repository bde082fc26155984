/** What is seen from outside: when every run of a command begins, and when all of it is gone. */
@NullMarked
package ballot.e2e.torture.witness;

import org.jspecify.annotations.NullMarked;
