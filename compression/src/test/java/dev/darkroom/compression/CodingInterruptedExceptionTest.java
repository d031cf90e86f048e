package dev.darkroom.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.compression.container.ContainerLimits;
import dev.darkroom.compression.container.StreamCoders;
import dev.darkroom.compression.deflate.Deflate;
import dev.darkroom.compression.deflate.DeflateSettings;
import dev.darkroom.compression.plain.PlainCoder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodingInterruptedExceptionTest {
  private static final RasterImage SMALL = DrawnImages.smooth(96, 64, 3, 8);

  /** A step of a coder. */
  private interface Work {
    void run() throws Exception;
  }

  @ParameterizedTest
  @CsvSource({"FAST,false", "FLOW,false", "FAST,true"})
  void endsCodingOnAnInterruptedThread(Profile profile, boolean plain) throws Exception {
    IFlowCodec codec = codec(profile, plain);
    byte[] payload = codec.encode(SMALL);

    assertThat(interrupted(() -> codec.encode(SMALL)))
        .isInstanceOf(CodingInterruptedException.class);
    assertThat(interrupted(() -> codec.decode(payload)))
        .isInstanceOf(CodingInterruptedException.class);
    assertThat(codec.decode(payload)).isEqualTo(SMALL);
  }

  @ParameterizedTest
  @CsvSource({"FAST,false", "FLOW,false", "FAST,true"})
  void endsCodingThatHasBegun(Profile profile, boolean plain) throws Exception {
    // of a size that takes far longer than the thread is left alone
    RasterImage large = DrawnImages.noise(6000, 4000, 3, 8, 1);
    IFlowCodec codec = codec(profile, plain);
    AtomicReference<Throwable> outcome = new AtomicReference<>();
    Thread thread = start(() -> codec.encode(large), outcome);
    Thread.sleep(200);
    assertThat(thread.isAlive()).isTrue();

    thread.interrupt();

    thread.join(Duration.ofMinutes(1).toMillis());
    assertThat(outcome.get()).isInstanceOf(CodingInterruptedException.class);
  }

  @Test
  void endsTheSearchForDeflateSettings() throws Exception {
    byte[] content = new byte[1 << 20];
    DeflateSettings settings = new DeflateSettings(9, DeflateSettings.DEFAULT, 8, 15);

    assertThat(interrupted(() -> Deflate.compress(content, settings)))
        .isInstanceOf(CodingInterruptedException.class);
  }

  @Test
  void leavesTheThreadInterrupted() throws Exception {
    AtomicReference<Boolean> still = new AtomicReference<>();
    interrupted(
        () -> {
          assertThatThrownBy(CodingInterruptedException::check)
              .isInstanceOf(CodingInterruptedException.class);
          still.set(Thread.currentThread().isInterrupted());
        });
    assertThat(still.get()).isTrue();
  }

  private static IFlowCodec codec(Profile profile, boolean plain) {
    return plain
        ? new IFlowCodec(
            profile, StreamCoders.of(List.of(new PlainCoder())), ContainerLimits.ofPixels(1 << 25))
        : new IFlowCodec(profile);
  }

  /** What work ends with on a thread that is interrupted before it begins. */
  private static Throwable interrupted(Work work) throws InterruptedException {
    AtomicReference<Throwable> outcome = new AtomicReference<>();
    Thread thread =
        start(
            () -> {
              Thread.currentThread().interrupt();
              work.run();
            },
            outcome);
    thread.join();
    return outcome.get();
  }

  private static Thread start(Work work, AtomicReference<Throwable> outcome) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (Exception | Error e) {
                outcome.set(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
