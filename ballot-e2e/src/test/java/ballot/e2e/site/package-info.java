/**
 * What runs of the packaged program stand on: real servers and agents, hosts in network namespaces,
 * and the program itself. Shared by the tests and by the commands under bench/.
 */
@NullMarked
package ballot.e2e.site;

import org.jspecify.annotations.NullMarked;
