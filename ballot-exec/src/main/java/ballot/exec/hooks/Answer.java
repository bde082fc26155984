package ballot.exec.hooks;

import java.util.List;

/**
 * What came back.
 *
 * @param phrase the words beside the status, which may be none
 * @param lines the body of an error, as much of it as anybody wants to read; empty otherwise
 */
record Answer(int status, String phrase, List<String> lines) {

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  boolean isRedirect() {
    return status >= 300 && status < 400;
  }

  /** The status and its words. */
  String told() {
    return phrase.isBlank() ? Integer.toString(status) : status + " " + phrase.strip();
  }
}
