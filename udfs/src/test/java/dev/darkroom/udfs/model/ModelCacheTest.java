package dev.darkroom.udfs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ModelCacheTest {
  private final AtomicInteger loads = new AtomicInteger();
  private final ModelCache<Loaded> cache = new ModelCache<>(Duration.ofHours(1));

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void thoseWhoAskAtOnceShareOneLoad() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<ModelCache.Lease<Loaded>>> asking = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      asking.add(
          () ->
              cache.lease(
                  "m",
                  () -> {
                    sleep(100);
                    return load();
                  }));
    }

    List<ModelCache.Lease<Loaded>> leases = new ArrayList<>();
    for (Future<ModelCache.Lease<Loaded>> future : threads.invokeAll(asking)) {
      leases.add(future.get());
    }
    threads.shutdown();

    assertThat(loads).hasValue(1);
    assertThat(leases).extracting(ModelCache.Lease::model).containsOnly(leases.get(0).model());
    leases.forEach(ModelCache.Lease::close);
    assertThat(leases.get(0).model().closed).isFalse();
  }

  @Test
  void devicesHaveModelsOfTheirOwn() {
    try (var first = cache.lease("m on 0", this::load);
        var second = cache.lease("m on 1", this::load)) {
      assertThat(first.model()).isNotSameAs(second.model());
    }
    assertThat(cache.size()).isEqualTo(2);
  }

  @Test
  void aModelThatIsEvictedIsClosedAfterItsLastLease() {
    var lease = cache.lease("m", this::load);
    var other = cache.lease("m", this::load);

    cache.evict("m");
    lease.close();
    lease.close();
    assertThat(other.model().closed).isFalse();
    try (var anew = cache.lease("m", this::load)) {
      assertThat(anew.model()).isNotSameAs(other.model());
    }
    other.close();

    assertThat(other.model().closed).isTrue();
    assertThat(loads).hasValue(2);
  }

  @Test
  @Timeout(30)
  void aModelThatNobodyUsesIsClosedAfterAWhile() throws Exception {
    try (ModelCache<Loaded> brief = new ModelCache<>(Duration.ofMillis(50))) {
      var lease = brief.lease("m", this::load);
      Thread.sleep(150);
      assertThat(lease.model().closed).as("in use").isFalse();

      lease.close();
      while (!lease.model().closed) {
        Thread.sleep(5);
      }

      assertThat(brief.size()).isZero();
    }
  }

  @Test
  void closingTheCacheClosesWhatIsUnused() {
    var used = cache.lease("used", this::load);
    var unused = cache.lease("unused", this::load);
    unused.close();

    cache.close();

    assertThat(unused.model().closed).isTrue();
    assertThat(used.model().closed).isFalse();
    used.close();
    assertThat(used.model().closed).isTrue();
  }

  @Test
  void afterALoadThatFailedTheNextTriesAgain() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                cache.lease(
                    "m",
                    () -> {
                      throw new IllegalStateException("no such model");
                    }))
        .withMessage("no such model");

    try (var lease = cache.lease("m", this::load)) {
      assertThat(lease.model().closed).isFalse();
    }
  }

  private Loaded load() {
    loads.incrementAndGet();
    return new Loaded();
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Loaded implements AutoCloseable {
    private volatile boolean closed;

    @Override
    public void close() {
      assertThat(closed).as("closed once").isFalse();
      closed = true;
    }
  }
}
