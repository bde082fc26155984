/**
 * The words of an election and what a plugin implements.
 *
 * <p>The nouns come first: {@link ballot.api.ElectionName}, {@link ballot.api.Candidate}, {@link
 * ballot.api.Term}, {@link ballot.api.Lease}, {@link ballot.api.Verdict} and {@link
 * ballot.api.Roster}. A backend is one {@link ballot.api.ElectionBackend}, found through {@link
 * java.util.ServiceLoader}; it declares its {@link ballot.api.Setting}s, opens an {@link
 * ballot.api.ElectionStore} and from there on answers questions. "No" is a return value, "could not
 * ask" is an exception; the two are never folded into one.
 */
@NullMarked
package ballot.api;

import org.jspecify.annotations.NullMarked;
