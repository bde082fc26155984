/** Input that went wrong in every way. */
@NullMarked
package ballot.cli.wrong;

import org.jspecify.annotations.NullMarked;
