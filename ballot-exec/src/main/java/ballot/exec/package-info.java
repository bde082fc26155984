/**
 * Child processes: looked up, started, signalled, ended, and guarded by a process that outlives us.
 *
 * <p>{@link ballot.exec.Commands} starts what a {@link ballot.exec.CommandSpec} describes and gives
 * back a {@link ballot.exec.RunningCommand}; a {@link ballot.exec.CommandListener} hears how it
 * went. Nothing here decides anything: when to stop, when to kill and when to start again is for
 * the caller. Linux only: the package reads {@code /proc}.
 */
@NullMarked
package ballot.exec;

import org.jspecify.annotations.NullMarked;
