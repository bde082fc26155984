/** What the tests of the command line share: a run in one JVM, and a backend that is a plugin. */
@NullMarked
package ballot.cli.testing;

import org.jspecify.annotations.NullMarked;
