package ballot.zookeeper;

import java.util.Objects;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;

/**
 * What ZooKeeper, or its client, said to one request.
 *
 * @param value there when it is in order
 */
record Reply<T>(Code code, @Nullable T value) {

  static <T> Reply<T> of(int code, @Nullable T value) {
    return new Reply<>(Code.get(code), value);
  }

  boolean isOk() {
    return code == Code.OK;
  }

  boolean says(Code other) {
    return code == other;
  }

  T get() {
    return Objects.requireNonNull(value);
  }

  /** Whether the request may have taken effect, or may not. */
  boolean isUnknown() {
    return switch (code) {
      case CONNECTIONLOSS, SESSIONEXPIRED, SESSIONMOVED, OPERATIONTIMEOUT, REQUESTTIMEOUT -> true;
      default -> false;
    };
  }
}
