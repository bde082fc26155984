/**
 * Elections of several candidates in virtual time: one event queue, one seed, everything that can
 * go wrong drawn from it, and invariants checked after every event.
 *
 * <p>Each {@link ballot.engine.simulation.SimulatedCandidate} drives a real {@link
 * ballot.engine.core.ElectionMachine} on a clock of its own. The store, the network, the work and
 * its guard are models that keep the promises that the real ones keep, and no others. The {@link
 * ballot.engine.simulation.Referee} knows nothing of the machine's arithmetic: it does its own.
 */
@NullMarked
package ballot.engine.simulation;

import org.jspecify.annotations.NullMarked;
