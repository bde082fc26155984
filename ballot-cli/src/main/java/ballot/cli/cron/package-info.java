/** Runs a command on schedule while leading: the driver of {@link ballot.engine.agenda}. */
@NullMarked
package ballot.cli.cron;

import org.jspecify.annotations.NullMarked;
