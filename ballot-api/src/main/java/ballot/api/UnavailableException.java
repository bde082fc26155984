package ballot.api;

import org.jspecify.annotations.Nullable;

/**
 * The store could not be asked, or did not answer in time: ask again later.
 *
 * <p>It says nothing about who leads. In particular a question whose answer was lost may have taken
 * effect; the backend finds that out on the next question.
 */
public final class UnavailableException extends StoreException {

  private static final long serialVersionUID = 1L;

  /** With what was attempted, on what, and what happened. */
  public UnavailableException(String message) {
    super(message, null);
  }

  /** The same with the failure underneath, which is shown only when asked for. */
  public UnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
