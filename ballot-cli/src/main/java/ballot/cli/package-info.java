/** The command line. */
@NullMarked
package ballot.cli;

import org.jspecify.annotations.NullMarked;
