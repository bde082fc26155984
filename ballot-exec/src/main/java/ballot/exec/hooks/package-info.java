/**
 * Hooks: what happens outside when leadership changes, in the three kinds that ballot brings along.
 *
 * <p>{@code command} is a command line, split like a shell would and run without one; {@code sh:}
 * runs a script of the shell; {@code http://} and {@code https://} post JSON. Each is a {@link
 * ballot.api.HookExecutor}, found as plugins are.
 */
@NullMarked
package ballot.exec.hooks;

import org.jspecify.annotations.NullMarked;
