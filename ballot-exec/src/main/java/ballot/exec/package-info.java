/** Child processes: started, signalled, stopped, guarded. */
@NullMarked
package ballot.exec;

import org.jspecify.annotations.NullMarked;
