/** What is tortured: hosts, servers, agents, and the candidates that stand on them. */
@NullMarked
package ballot.e2e.torture.world;

import org.jspecify.annotations.NullMarked;
