package dev.darkroom.generation.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchNoiseTest {
  private static final double TOLERANCE = 2e-6;

  @Test
  void givesTheValuesOfTorch() throws IOException {
    int compared = 0;
    for (JsonNode golden : goldens()) {
      TorchNoise noise = new TorchNoise(golden.get("seed").longValue());
      FloatBuffer expected =
          ByteBuffer.wrap(golden.get("values").binaryValue())
              .order(ByteOrder.LITTLE_ENDIAN)
              .asFloatBuffer();
      for (JsonNode count : golden.get("counts")) {
        for (float value : noise.next(count.intValue())) {
          assertThat((double) value)
              .as("seed %s, value %d", golden.get("seed"), expected.position())
              .isCloseTo(expected.get(), within(TOLERANCE));
          compared++;
        }
      }
      assertThat(expected.hasRemaining()).isFalse();
    }
    assertThat(compared).isGreaterThan(1500);
  }

  @Test
  void isStandardNormal() {
    float[] values = new TorchNoise(5).next(1 << 18);
    double sum = 0;
    double squares = 0;
    double fourths = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
      fourths += Math.pow(value, 4);
    }
    assertThat(sum / values.length).isBetween(-0.01, 0.01);
    assertThat(squares / values.length).isBetween(0.99, 1.01);
    assertThat(fourths / values.length).isBetween(2.9, 3.1);
  }

  @Test
  void drawsNothingWhereNothingIsAskedFor() {
    TorchNoise noise = new TorchNoise(3);
    assertThat(noise.next(0)).isEmpty();
    assertThat(noise.next(20)).isEqualTo(new TorchNoise(3).next(20));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE})
  void refusesSeedsThatTorchWouldCut(long seed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TorchNoise(seed))
        .withMessageContaining(Long.toString(seed))
        .withMessageContaining("4294967295");
  }

  @Test
  void refusesNegativeCounts() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TorchNoise(0).next(-1));
  }

  private static JsonNode goldens() throws IOException {
    try (InputStream file = TorchNoiseTest.class.getResourceAsStream("goldens.json")) {
      return new ObjectMapper().readTree(file);
    }
  }
}
