/** The packaged program, seen from outside. */
@NullMarked
package ballot.e2e;

import org.jspecify.annotations.NullMarked;
