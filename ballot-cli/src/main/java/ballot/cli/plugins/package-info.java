/** Backends: those on the class path and those in plugin folders. */
@NullMarked
package ballot.cli.plugins;

import org.jspecify.annotations.NullMarked;
