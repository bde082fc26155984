/** What tests of the engine and of plugins share. */
@NullMarked
package ballot.testkit;

import org.jspecify.annotations.NullMarked;
