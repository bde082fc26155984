/**
 * Files of settings: which one is read, what is in it, what its values are once variables are
 * filled in. The libraries that read YAML and JSON are loaded only when there is a file.
 */
@NullMarked
package ballot.cli.settings.file;

import org.jspecify.annotations.NullMarked;
