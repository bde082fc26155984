/**
 * What goes wrong. Each kind is a class of its own behind {@link ballot.e2e.torture.nemesis.Fault}
 * and a line in {@link ballot.e2e.torture.nemesis.Faults}.
 *
 * <p>Done: SIGKILL and SIGSTOP of ballot, guard, command and mixtures; DROP both ways and one way
 * between a candidate's host and the servers, between ballot and its agent, between servers;
 * resets; packets lost; late answers, and then none; SIGTERM of ballot; servers and agents killed,
 * restarted, stopped; session destroyed, key deleted, overwritten (Consul); descriptors used up;
 * starved of processor time (first version of cgroups).
 *
 * <p>Open: delay, reordering and doubling of packets; the same on ZooKeeper's znodes; check
 * deregistered, maintenance; jumps of a wall clock; full disk; starving without cgroups.
 */
@NullMarked
package ballot.e2e.torture.nemesis;

import org.jspecify.annotations.NullMarked;
