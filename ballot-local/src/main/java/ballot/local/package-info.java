/** Elections among the processes of one machine. */
@NullMarked
package ballot.local;

import org.jspecify.annotations.NullMarked;
