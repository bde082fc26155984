package ballot.consul;

import ballot.api.Durations;
import ballot.api.ElectionBackend;
import ballot.api.ElectionStore;
import ballot.api.RejectedException;
import ballot.api.Setting;
import ballot.api.SettingValues;
import java.time.Duration;
import java.util.List;

/** Elections in Consul: a key a leader, held by a session of its process. */
public final class ConsulBackend implements ElectionBackend {

  /** For the service loader. */
  public ConsulBackend() {}

  @Override
  public String name() {
    return "consul";
  }

  @Override
  public String summary() {
    return "keys and sessions of Consul 1.8 or newer, through the agent of this node";
  }

  @Override
  public List<Setting<?>> settings() {
    return ConsulSettings.all();
  }

  @Override
  public ElectionStore open(SettingValues values) throws RejectedException {
    Endpoint endpoint = EndpointChoice.of(values);
    Duration sessionTtl = values.get(ConsulSettings.SESSION_TTL);
    Duration checkTtl =
        ConsulSettings.checkTtl(values.get(ConsulSettings.CRASH_DETECTION)).orElse(null);
    if (checkTtl != null && checkTtl.compareTo(sessionTtl) > 0) {
      throw RejectedException.because(
          ConsulSettings.CRASH_DETECTION,
          Durations.format(checkTtl)
              + " is longer than consul.session-ttl, "
              + Durations.format(sessionTtl)
              + ": make it shorter, or 'off'");
    }
    Access access = Access.of(values, endpoint);
    ConsulHttp http = new ConsulHttp(endpoint, endpoint.secure() ? Tls.of(values) : null, access);
    return new ConsulStore(http, SessionTerms.ofProcess(sessionTtl, checkTtl));
  }
}
