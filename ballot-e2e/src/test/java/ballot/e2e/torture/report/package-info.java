/** What a stranger reads afterwards. */
@NullMarked
package ballot.e2e.torture.report;

import org.jspecify.annotations.NullMarked;
