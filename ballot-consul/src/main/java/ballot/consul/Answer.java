package ballot.consul;

import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.UnavailableException;

/**
 * What the agent answered.
 *
 * @param attempt what was wanted, and of whom, for messages: {@code could not … at …}
 * @param status the HTTP status
 * @param body the text
 * @param index the {@code X-Consul-Index}, or 0
 */
record Answer(String attempt, int status, String body, long index) {

  private static final int LONGEST_QUOTE = 300;

  boolean isOk() {
    return status >= 200 && status < 300;
  }

  boolean isDenied() {
    return status == 403;
  }

  boolean isMissing() {
    return status == 404;
  }

  boolean says(String words) {
    return body.contains(words);
  }

  /** The text of a good answer; everything else is thrown as what it means. */
  String orThrow() throws StoreException {
    if (isOk()) {
      return body;
    }
    throw failure();
  }

  /** What an answer means that is not good. */
  StoreException failure() {
    return switch (status) {
      case 400 -> refusal();
      case 401 ->
          RejectedException.because(
              ConsulSettings.HTTP_AUTH, attempt + ": HTTP 401, name and password are wanted");
      case 403 -> denied();
      case 413 -> new RejectedException(attempt + ": HTTP 413" + quoted());
      default ->
          says("No path to datacenter")
              ? RejectedException.because(ConsulSettings.DATACENTER, attempt + ": " + quote())
              : new UnavailableException(attempt + ": HTTP " + status + quoted());
    };
  }

  private StoreException refusal() {
    if (says("HTTP request to an HTTPS server")) {
      return RejectedException.because(
          ConsulSettings.TLS,
          attempt + ": what listens there speaks TLS only; write https:// in consul.address");
    }
    String message = attempt + ": HTTP 400" + quoted();
    return says("\"ns\"") || says("amespace")
        ? RejectedException.because(ConsulSettings.NAMESPACE, message)
        : new RejectedException(message);
  }

  /** The same when a key was to be read that the token may not read. */
  RejectedException mayNotRead(String key) {
    return isOfUnknownToken()
        ? denied()
        : RejectedException.because(
            ConsulSettings.TOKEN,
            attempt
                + ": "
                + quote()
                + "; the token needs the right to read: "
                + Names.rule(key, "read"));
  }

  /**
   * Whether Consul does not know the token at all, so that nothing can be said about its rights.
   */
  boolean isOfUnknownToken() {
    return isDenied() && says("ACL not found");
  }

  /** The same as a refusal of rights. */
  private RejectedException denied() {
    if (isOfUnknownToken()) {
      return RejectedException.because(
          ConsulSettings.TOKEN,
          attempt
              + ": "
              + quote()
              + ": Consul does not know this token; it is mistyped, was deleted or has expired");
    }
    return RejectedException.because(
        ConsulSettings.TOKEN,
        attempt
            + ": "
            + quote()
            + "; the token needs session:write on the agent's node and key:write on the election");
  }

  private String quoted() {
    String quote = quote();
    return quote.isEmpty() ? "" : ", " + quote;
  }

  /** The beginning of the text, in one line. */
  String quote() {
    String line = body.replaceAll("\\s+", " ").strip();
    return line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "…" : line;
  }
}
