package ballot.consul;

import ballot.api.RejectedException;
import ballot.api.Setting;
import ballot.api.SettingValues;
import java.util.List;
import java.util.Locale;

/**
 * Where the agent is and whether it is spoken to through TLS, out of settings that may contradict
 * each other. What the shell says to all programs of Consul may stand beside what was said to us.
 */
final class EndpointChoice {

  /** What makes sense with TLS only. */
  private static final List<Setting<?>> OF_TLS =
      List.of(
          ConsulSettings.TLS_CA_FILE,
          ConsulSettings.TLS_CA_PATH,
          ConsulSettings.TLS_CERT_FILE,
          ConsulSettings.TLS_KEY_FILE,
          ConsulSettings.TLS_SERVER_NAME);

  private final SettingValues values;

  private EndpointChoice(SettingValues values) {
    this.values = values;
  }

  static Endpoint of(SettingValues values) throws RejectedException {
    return new EndpointChoice(values).choose();
  }

  private Endpoint choose() throws RejectedException {
    String address = values.get(ConsulSettings.ADDRESS);
    Endpoint endpoint =
        Endpoint.parse(address)
            .orElseThrow(
                () ->
                    RejectedException.because(
                        ConsulSettings.ADDRESS, "this is not an address; " + Endpoint.ALLOWED));
    boolean wantsTls = values.find(ConsulSettings.TLS).orElse(false);
    if (endpoint.unixPath() != null && wantsTls) {
      throw RejectedException.because(
          ConsulSettings.TLS, "the address is a unix socket, which is not spoken to through TLS");
    }
    refuseContradiction(endpoint, address, wantsTls);
    Endpoint chosen = wantsTls ? endpoint.secured() : endpoint;
    if (!chosen.secure()) {
      refuseUnused(chosen);
    }
    return chosen;
  }

  private void refuseContradiction(Endpoint endpoint, String address, boolean wantsTls)
      throws RejectedException {
    if (!isForUs(ConsulSettings.TLS) || !isForUs(ConsulSettings.ADDRESS)) {
      return;
    }
    boolean saysPlain = address.strip().toLowerCase(Locale.ROOT).startsWith("http://");
    if (wantsTls ? saysPlain : endpoint.secure()) {
      throw RejectedException.because(
          ConsulSettings.TLS,
          "this contradicts consul.address, which begins with "
              + (wantsTls ? "http://" : "https://")
              + "; leave one of the two out");
    }
  }

  private void refuseUnused(Endpoint endpoint) throws RejectedException {
    if (values.isGiven(ConsulSettings.ADDRESS) && !isForUs(ConsulSettings.ADDRESS)) {
      return;
    }
    for (Setting<?> setting : OF_TLS) {
      if (isForUs(setting)) {
        throw RejectedException.because(
            setting,
            "this would not be used, since "
                + endpoint
                + " is spoken to without TLS; write https:// in consul.address, or leave this out");
      }
    }
  }

  /** Whether somebody said it to us, and not to all programs of Consul. */
  private boolean isForUs(Setting<?> setting) {
    String origin = values.origin(setting);
    return values.isGiven(setting) && setting.variables().stream().noneMatch(origin::startsWith);
  }
}
