/**
 * What a user can set: the one list of settings, where values come from (options, environment, a
 * file, defaults), which wins, and what is wrong with them. Knows no command and prints nothing.
 */
@NullMarked
package ballot.cli.settings;

import org.jspecify.annotations.NullMarked;
