package ballot.local;

import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.UnavailableException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Puts what went wrong with a file into the words of the API. */
final class Failures {

  private Failures() {}

  /** A right that is missing has to be granted by a person; everything else may pass. */
  static StoreException of(String attempted, IOException failure) {
    String message = "could not " + attempted + ": " + what(failure);
    return failure instanceof AccessDeniedException
        ? RejectedException.because(LocalBackend.DIR, message)
        : new UnavailableException(message, failure);
  }

  static String asWhom() {
    return " as " + System.getProperty("user.name", "uid " + Self.uid());
  }

  /** What happened, and to which file. */
  static String what(IOException failure) {
    if (failure instanceof AccessDeniedException denied) {
      return "no permission for " + denied.getFile() + asWhom();
    }
    if (failure instanceof NoSuchFileException missing) {
      return missing.getFile() + " is not there";
    }
    if (failure instanceof FileSystemException named && named.getReason() != null) {
      return named.getFile() + ": " + named.getReason();
    }
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }
}
