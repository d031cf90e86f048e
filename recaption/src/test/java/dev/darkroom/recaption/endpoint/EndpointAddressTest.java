package dev.darkroom.recaption.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointAddressTest {
  @ParameterizedTest
  @CsvSource({
    "http://host:8000,http://host:8000/v1",
    "http://host:8000/,http://host:8000/v1",
    "http://host:8000/v1,http://host:8000/v1",
    "http://host:8000/v1/,http://host:8000/v1",
    "https://host/api/v1/chat/completions,https://host/api/v1",
    "http://[::1]:8000,http://[::1]:8000/v1",
  })
  void takesAnAddressAsPeopleWriteIt(URI given, URI base) {
    assertThat(EndpointAddress.base(given)).isEqualTo(base);
  }

  @ParameterizedTest
  @ValueSource(strings = {"host:8000", "ftp://host/v1", "/v1", "http:///v1", "host"})
  void refusesWhatIsNone(String given) {
    assertThatThrownBy(() -> EndpointAddress.base(URI.create(given)))
        .isInstanceOf(EndpointException.class)
        .hasMessageContaining("such as http://host:8000/v1");
  }
}
