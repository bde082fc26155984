/** What is handed over to whoever runs a command under an election. */
@NullMarked
package ballot.cli.run;

import org.jspecify.annotations.NullMarked;
