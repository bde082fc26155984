/** One class for each command, and how a command line is taken apart. */
@NullMarked
package ballot.cli.commands;

import org.jspecify.annotations.NullMarked;
