/** What a run takes from the process around it and gives back: streams, statuses, refusals. */
@NullMarked
package ballot.cli.process;

import org.jspecify.annotations.NullMarked;
