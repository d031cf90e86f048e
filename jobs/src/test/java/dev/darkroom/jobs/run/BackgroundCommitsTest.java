package dev.darkroom.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.jobs.TestSpark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackgroundCommitsTest {
  private final SparkContext context = TestSpark.session().sparkContext();
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());

  @Test
  void theNextChunkIsMadeWhileOneIsCommitted() {
    CountDownLatch made = new CountDownLatch(1);
    try (BackgroundCommits commits = new BackgroundCommits(context)) {
      commits.submit(
          () -> {
            await(made);
            done.add("first committed");
          });
      done.add("second made");
      made.countDown();
      commits.submit(() -> done.add("second committed"));
      commits.await();
    }
    assertThat(done).containsExactly("second made", "first committed", "second committed");
  }

  @Test
  void whatACommitThrowsEndsTheRun() {
    try (BackgroundCommits commits = new BackgroundCommits(context)) {
      commits.submit(
          () -> {
            throw new IllegalArgumentException("the table is gone");
          });
      assertThatThrownBy(() -> commits.submit(() -> done.add("second")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the table is gone");
    }
    assertThat(done).isEmpty();
  }

  @Test
  void aRunThatFailsStillEndsTheCommitThatItHasBegun() {
    assertThatThrownBy(
            () -> {
              try (BackgroundCommits commits = new BackgroundCommits(context)) {
                commits.submit(
                    () -> {
                      pause();
                      done.add("committed");
                    });
                throw new IllegalStateException("captioning failed");
              }
            })
        .hasMessage("captioning failed");
    assertThat(done).containsExactly("committed");
  }

  @Test
  void theirJobsAreInAPoolOfTheirOwn() {
    try (BackgroundCommits commits = new BackgroundCommits(context)) {
      commits.submit(() -> done.add(context.getLocalProperty("spark.scheduler.pool")));
      commits.await();
    }
    assertThat(done).containsExactly("commits");
    assertThat(context.getLocalProperty("spark.scheduler.pool")).isNotEqualTo("commits");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
