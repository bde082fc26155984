package ballot.api;

import org.jspecify.annotations.Nullable;

/**
 * A question to the store got no answer.
 *
 * <p>The message says what was attempted, on what, and what happened, in one line for an operator.
 * It never contains a token, a password or user information of an address.
 */
public abstract sealed class StoreException extends Exception
    permits UnavailableException, RejectedException {

  private static final long serialVersionUID = 1L;

  StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
