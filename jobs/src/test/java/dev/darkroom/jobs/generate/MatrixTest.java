package dev.darkroom.jobs.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.generation.scheduler.SamplerKind;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MatrixTest {
  private final Matrix matrix =
      new Matrix(
          Seeds.of("7..9"),
          List.of("", "blurred"),
          List.of("", "PIXEL_ART"),
          List.of(10, 20),
          List.of(1.0, 3.0, 5.0),
          List.of(SamplerKind.FLOW_MATCH_EULER),
          List.of(0.0),
          List.of(new PictureSize(64, 64), new PictureSize(64, 32)));

  @Test
  void everyCombinationIsThereOnce() {
    assertThat(matrix.size()).isEqualTo(3 * 2 * 2 * 2 * 3 * 2);
    assertThat(LongStream.range(0, matrix.size()).mapToObj(matrix::at)).doesNotHaveDuplicates();
    assertThat(matrix.settings()).hasSize(2 * 3 * 2).doesNotHaveDuplicates();
  }

  @Test
  void seedsChangeFirst() {
    assertThat(LongStream.range(0, 4).mapToObj(i -> matrix.at(i).seed()))
        .containsExactly(7L, 8L, 9L, 7L);
    assertThat(matrix.at(0).settings()).isEqualTo(matrix.at(2).settings());
  }

  @Test
  void keysTellAllApartThatMattersToThePixels() {
    assertThat(
            LongStream.range(0, matrix.size())
                .mapToObj(i -> SampleKey.of("a red circle", matrix.at(i), "abc")))
        .doesNotHaveDuplicates();
    assertThat(SampleKey.of("a red circle", matrix.at(0), "abd"))
        .isNotEqualTo(SampleKey.of("a red circle", matrix.at(0), "abc"));
  }
}
