/**
 * What goes wrong. Each kind is a class of its own behind {@link ballot.e2e.torture.nemesis.Fault}
 * and a line in {@link ballot.e2e.torture.nemesis.Faults}.
 *
 * <p>SIGKILL and SIGSTOP of ballot, guard, command and mixtures; SIGTERM of ballot; DROP both ways
 * and one way between a candidate's host and the servers, between ballot and its agent, between
 * servers; resets; packets lost, late, in another order, twice; late answers, and then none;
 * servers and agents killed, restarted, stopped, with full disks; session destroyed, key or place
 * in line deleted, key or lease overwritten, check deregistered, maintenance; a command that ends
 * in an outage; jumps of a wall clock; descriptors used up; starved of processor time.
 *
 * <p>A plan deals from a deck, each card of it once before any comes again. Most kinds have one
 * card. More have those without which a planted mutant hides: SIGTERM of ballot four (leadership
 * given back before the command is gone shows only then, and only with a command that takes its
 * time), SIGKILL of ballot three (so does a guard that does nothing), and late answers four: a
 * lease that counts from the answer shows only with a command that heeds no SIGTERM, which is every
 * second that lasts, and whose leader is the one that the fault meets, which it is in two of three.
 * {@code bench/mutants} looks whether that is enough.
 */
@NullMarked
package ballot.e2e.torture.nemesis;

import org.jspecify.annotations.NullMarked;
