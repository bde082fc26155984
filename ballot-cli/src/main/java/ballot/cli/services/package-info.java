/** {@code ballot run}: services that stand, their tags and their hooks. */
@NullMarked
package ballot.cli.services;

import org.jspecify.annotations.NullMarked;
