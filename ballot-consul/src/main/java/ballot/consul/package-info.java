/** Elections in Consul. */
@NullMarked
package ballot.consul;

import org.jspecify.annotations.NullMarked;
