/**
 * A plugin for tests: real backends, whose leaders hold still at a moment that the test names. Made
 * into a jar by {@link ballot.e2e.CronFailovers}.
 */
@NullMarked
package ballot.e2e.pausing;

import org.jspecify.annotations.NullMarked;
