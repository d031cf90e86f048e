package dev.darkroom.udfs.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.udfs.TestCluster;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class GpuScheduleTest {
  @Test
  void eachTaskHasAnAddressOfItsOwn() {
    assertThat(addresses(new GpuDemand(1), 4)).containsExactlyInAnyOrder("0", "1", "2", "3");
  }

  @Test
  void aTaskMayHaveTwo() {
    assertThat(addresses(new GpuDemand(2), 4)).containsOnly("0,1", "2,3");
  }

  @Test
  void anAddressIsSharedWhereThatWasAskedFor() {
    assertThat(addresses(new GpuDemand(0.5), 4))
        .allMatch(address -> address.matches("[0-3]"))
        .hasSize(4);
  }

  @Test
  void withoutADemandATaskHasNone() {
    assertThat(addresses(GpuDemand.none(), 2)).containsOnly("");
  }

  @Test
  void theDriverHasNone() {
    assertThat(GpuAssignment.ofTask()).isEqualTo(GpuAssignment.none());
    assertThat(GpuAssignment.ofTask().isPresent()).isFalse();
  }

  private static List<String> addresses(GpuDemand demand, int tasks) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(TestCluster.session().sparkContext());
    List<Integer> numbers = java.util.stream.IntStream.range(0, tasks).boxed().toList();
    JavaRDD<Integer> rdd = context.parallelize(numbers, tasks);
    return demand
        .apply(rdd)
        .map(
            number -> {
              // Long enough for all to run at once.
              Thread.sleep(1500);
              return GpuAssignment.ofTask().joined();
            })
        .collect();
  }
}
