/** What must hold, whatever the nemesis does. */
@NullMarked
package ballot.e2e.torture.judge;

import org.jspecify.annotations.NullMarked;
