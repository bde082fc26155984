package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ballot.api.RejectedException;
import ballot.api.Setting;
import ballot.api.SettingValues;
import ballot.testkit.GivenSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsulSettingsTest {

  @TempDir private Path dir;

  @Test
  void every_standard_variable_of_consul_is_read() {
    assertThat(new ConsulBackend().settings().stream().map(Setting::variables))
        .flatExtracting(names -> names)
        .containsExactlyInAnyOrder(
            "CONSUL_HTTP_ADDR",
            "CONSUL_HTTP_TOKEN",
            "CONSUL_HTTP_TOKEN_FILE",
            "CONSUL_HTTP_AUTH",
            "CONSUL_HTTP_SSL",
            "CONSUL_HTTP_SSL_VERIFY",
            "CONSUL_CACERT",
            "CONSUL_CAPATH",
            "CONSUL_CLIENT_CERT",
            "CONSUL_CLIENT_KEY",
            "CONSUL_TLS_SERVER_NAME",
            "CONSUL_NAMESPACE");
  }

  @Test
  void what_is_secret_is_marked_so() {
    assertThat(new ConsulBackend().settings())
        .filteredOn(Setting::isSecret)
        .extracting(Setting::name)
        .containsExactlyInAnyOrder("consul.token", "consul.http-auth", "consul.tls-key-password");
  }

  @Test
  void every_setting_has_a_help_text_that_ends_like_one() {
    assertThat(new ConsulBackend().settings())
        .allSatisfy(setting -> assertThat(setting.help()).endsWith("."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "OFF", "false", "0", "0s"})
  void crash_detection_can_be_switched_off(String text) {
    assertThat(ConsulSettings.checkTtl(text)).isEmpty();
    assertThat(ConsulSettings.CRASH_DETECTION.read(text)).isEqualTo(text);
  }

  @Test
  void crash_detection_is_a_duration_otherwise() {
    assertThat(ConsulSettings.checkTtl("1500ms")).contains(Duration.ofMillis(1500));
    for (String wrong : List.of("soon", "999ms", "11m", "-1s", "")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ConsulSettings.CRASH_DETECTION.read(wrong));
    }
  }

  @Test
  void a_bad_address_is_not_repeated_since_it_may_hold_a_password() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConsulSettings.ADDRESS.read("http://me:s3cr3t@host:port"))
        .withMessageNotContaining("s3cr3t")
        .withMessageContaining("unix://");
  }

  @Test
  void a_session_is_between_a_second_and_a_day() {
    for (String wrong : List.of("999ms", "25h")) {
      assertThatIllegalArgumentException().isThrownBy(() -> ConsulSettings.SESSION_TTL.read(wrong));
    }
  }

  @Test
  void secrets_are_in_no_refusal() throws Exception {
    Path file = Files.writeString(dir.resolve("token"), "s3cr3t\u0007token");
    Path key = Files.writeString(dir.resolve("key"), "-----BEGIN PRIVATE KEY-----\ns3cr3t\n");
    Stream<GivenSettings> refused =
        Stream.of(
            GivenSettings.none().with("consul.token", "s3cr3t\n\u0001x"),
            GivenSettings.none().with("consul.token-file", file.toString()),
            GivenSettings.none().with("consul.http-auth", "s3cr3t"),
            GivenSettings.none()
                .with("consul.tls", "true")
                .with("consul.tls-cert-file", key.toString())
                .with("consul.tls-key-file", key.toString())
                .with("consul.tls-key-password", "s3cr3t"));
    refused.forEach(
        settings ->
            assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> new ConsulBackend().open(settings).close())
                .withMessageNotContaining("s3cr3t"));
  }

  @Test
  void opening_asks_nobody() throws Exception {
    try (var store =
        new ConsulBackend().open(GivenSettings.none().with("consul.address", "127.0.0.1:1"))) {
      assertThat(store.nominalValidity()).isEqualTo(Duration.ofSeconds(2));
    }
    try (var store =
        new ConsulBackend().open(GivenSettings.none().with("crash-detection", "off"))) {
      assertThat(store.nominalValidity()).isEqualTo(Duration.ofSeconds(10));
    }
  }

  @Test
  void settings_that_contradict_each_other_are_refused() {
    isRefused("consul.tls", "consul.address", "https://localhost", "consul.tls", "false");
    isRefused("consul.tls", "consul.address", "http://localhost", "consul.tls", "true");
    isRefused("consul.tls", "consul.address", "unix:///run/consul.sock", "consul.tls", "true");
    isRefused("consul.tls-ca-file", "consul.address", "localhost", "consul.tls-ca-file", "/ca");
    isRefused("consul.tls-server-name", "consul.tls-server-name", "server.dc1.consul");
  }

  private static void isRefused(String setting, String... settings) {
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> new ConsulBackend().open(given(settings)).close())
        .satisfies(refused -> assertThat(refused.setting()).contains(setting));
  }

  private static GivenSettings given(String... settings) {
    GivenSettings given = GivenSettings.none();
    for (int at = 0; at < settings.length; at += 2) {
      given = given.with(settings[at], settings[at + 1]);
    }
    return given;
  }

  @Test
  void what_the_shell_says_to_all_programs_of_consul_contradicts_nothing() throws Exception {
    new ConsulBackend()
        .open(new OfShell(given("consul.tls-ca-file", "/ca"), ConsulSettings.TLS_CA_FILE))
        .close();
    new ConsulBackend()
        .open(
            new OfShell(
                given("consul.tls", "false", "consul.address", "https://localhost"),
                ConsulSettings.TLS))
        .close();
  }

  /** As if one setting came from the variable of Consul's own. */
  private record OfShell(GivenSettings given, Setting<?> setting) implements SettingValues {
    @Override
    public <T> Optional<T> find(Setting<T> wanted) {
      return given.find(wanted);
    }

    @Override
    public boolean isGiven(Setting<?> wanted) {
      return given.isGiven(wanted);
    }

    @Override
    public String origin(Setting<?> wanted) {
      return wanted.equals(setting)
          ? setting.variables().getFirst() + " in the environment"
          : given.origin(wanted);
    }

    @Override
    public Optional<String> environment(String variable) {
      return given.environment(variable);
    }
  }
}
