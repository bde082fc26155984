/**
 * What drives an election: the one thread that owns the state, and the desks that talk to the store
 * and to the work on their own threads. The rules are in {@link ballot.engine.core}.
 */
@NullMarked
package ballot.engine;

import org.jspecify.annotations.NullMarked;
