/** What is printed: documents as YAML, JSON and tables, without a library. */
@NullMarked
package ballot.cli.render;

import org.jspecify.annotations.NullMarked;
