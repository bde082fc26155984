/**
 * What goes wrong. Each kind is a class of its own behind {@link ballot.e2e.torture.nemesis.Fault}
 * and a line in {@link ballot.e2e.torture.nemesis.Faults}.
 *
 * <p>Done: SIGKILL of ballot; SIGSTOP of ballot, short, beyond the lease, three times the lease;
 * DROP both ways between a candidate's host and the servers; SIGKILL of a server.
 *
 * <p>Open: SIGKILL and SIGSTOP of the guard, of the command, of all; DROP one way, between
 * candidate and agent, between servers; resets, loss, delay and reordering; restart, pause and
 * change of the leading server; session destroyed, key deleted or overwritten, check deregistered,
 * maintenance; jumps of a wall clock; starved of processor time; full disk; descriptors used up.
 */
@NullMarked
package ballot.e2e.torture.nemesis;

import org.jspecify.annotations.NullMarked;
