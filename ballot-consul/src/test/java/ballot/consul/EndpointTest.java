package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8500,          http://127.0.0.1:8500",
    "127.0.0.1,               http://127.0.0.1:8500",
    "consul.example,          http://consul.example:8500",
    "http://consul:80/,       http://consul:80",
    "https://consul,          https://consul:8501",
    "HTTPS://consul:443,      https://consul:443",
    "[::1]:8500,              http://[::1]:8500",
    "http://gate/consul/,     http://gate:8500/consul",
    "http://me:pass@host:1,   http://host:1",
    "unix:///run/consul.sock, unix:///run/consul.sock",
  })
  void reads_what_the_own_programs_of_consul_read(String text, String shown) {
    assertThat(Endpoint.parse(text)).map(Endpoint::toString).contains(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "http://",
        "ftp://host",
        "host:port",
        "host:0",
        "host:65536",
        "host:123456",
        "unix://run/consul.sock",
        "http://host?x=1",
        "two words",
        "http://a@b@c",
        "[::1",
        "::1"
      })
  void refuses_what_is_no_address(String text) {
    assertThat(Endpoint.parse(text)).isEmpty();
  }

  @Test
  void user_information_is_kept_and_not_shown() {
    Endpoint endpoint = Endpoint.parse("https://me:s3cr3t@host").orElseThrow();

    assertThat(endpoint.userInfo()).isEqualTo("me:s3cr3t");
    assertThat(endpoint.toString()).doesNotContain("s3cr3t", "me");
  }

  @Test
  void a_literal_address_goes_without_its_brackets() {
    assertThat(Endpoint.parse("[::1]:80").orElseThrow().bareHost()).isEqualTo("::1");
  }
}
