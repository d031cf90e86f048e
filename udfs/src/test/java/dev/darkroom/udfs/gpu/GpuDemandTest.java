package dev.darkroom.udfs.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpuDemandTest {
  @ParameterizedTest
  @ValueSource(doubles = {-1, 1.5, Double.NaN, 1e9})
  void amountsThatSparkCannotScheduleAreRefused(double amount) {
    assertThat(GpuDemand.isValid(amount)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new GpuDemand(amount));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local[4]", "local[*]", "local[2,3]"})
  void localModeIsRefusedWhereItWouldWaitForEver(String master) {
    SparkConf conf =
        new SparkConf(false)
            .set("spark.master", master)
            .set("spark.executor.resource.gpu.amount", "4");

    assertThatExceptionOfType(GpuUnavailableException.class)
        .isThrownBy(() -> new GpuDemand(1).check(conf))
        .withMessageContainingAll("1 GPUs to a task", master, "local mode", "cluster");
    assertThatCode(() -> GpuDemand.none().check(conf)).doesNotThrowAnyException();
  }

  @Test
  void executorsMustHaveThatMany() {
    SparkConf conf = new SparkConf(false).set("spark.master", "spark://host:7077");

    assertThatExceptionOfType(GpuUnavailableException.class)
        .isThrownBy(() -> new GpuDemand(0.5).check(conf))
        .withMessageContainingAll("0.5 GPUs", "executors have none", "discover-gpus");
    conf.set("spark.executor.resource.gpu.amount", "2");
    assertThatExceptionOfType(GpuUnavailableException.class)
        .isThrownBy(() -> new GpuDemand(4).check(conf))
        .withMessageContainingAll("4 GPUs", "an executor has 2");
    assertThatCode(() -> new GpuDemand(2).check(conf)).doesNotThrowAnyException();
  }
}
