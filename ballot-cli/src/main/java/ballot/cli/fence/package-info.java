/** Commands that run under a fencing token, one at a time. */
@NullMarked
package ballot.cli.fence;

import org.jspecify.annotations.NullMarked;
