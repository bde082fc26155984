package ballot.consul;

import ballot.api.RejectedException;
import ballot.api.ServiceSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What this process may do, by whose token. Safe for use by many threads. */
final class Tokens implements AutoCloseable {

  /** So many get connections of their own to wait for news with; the agent allows a client 200. */
  private static final int MOST_WATCHING = 16;

  private final ConsulHttp http;
  private final Rights own;

  /** Guarded by this. */
  private final Map<String, Rights> byToken = new HashMap<>();

  Tokens(ConsulHttp http) {
    this.http = http;
    this.own = new Rights(http, true);
  }

  /** Those of the process. */
  Rights own() {
    return own;
  }

  /** Those with which everything of a service is done. */
  synchronized Rights of(ServiceSpec spec) throws RejectedException {
    if (spec.token().isEmpty()) {
      return own;
    }
    String token = spec.token().get();
    Rights known = byToken.get(token);
    if (known == null) {
      Access access = http.access().withToken(token, whose(spec));
      known = new Rights(http.as(access), byToken.size() < MOST_WATCHING);
      byToken.put(token, known);
    }
    return known;
  }

  private static String whose(ServiceSpec spec) {
    return spec.service().isEmpty() ? spec.toString() : "service " + spec.service();
  }

  @Override
  public void close() {
    List<Rights> all = new ArrayList<>(List.of(own));
    synchronized (this) {
      all.addAll(byToken.values());
    }
    all.forEach(Rights::close);
  }
}
