/** The log: events wait in a queue until one thread has log4j2 ready and writes them. */
@NullMarked
package ballot.cli.logging;

import org.jspecify.annotations.NullMarked;
