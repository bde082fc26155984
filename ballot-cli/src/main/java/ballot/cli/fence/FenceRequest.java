package ballot.cli.fence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that {@code fence} was asked for, read and checked.
 *
 * @param file what remembers tokens, absolute
 * @param token under which to run
 * @param longestWait how long to wait for the lock; empty is for ever
 * @param command the command and its arguments, at least the command
 * @param environment what the command sees
 */
public record FenceRequest(
    Path file,
    long token,
    Optional<Duration> longestWait,
    List<String> command,
    Map<String, String> environment) {

  /** Copies the collections. */
  public FenceRequest {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to run");
    }
    if (token < 0) {
      throw new IllegalArgumentException("no token is negative: " + token);
    }
  }
}
