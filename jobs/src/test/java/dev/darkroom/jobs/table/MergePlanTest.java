package dev.darkroom.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.table.MergePlan.Change;
import dev.darkroom.jobs.table.MergePlan.Fate;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MergePlanTest {
  @Test
  void onlyFilesWithRowsThatChangeAreWrittenAnew() {
    MergePlan plan =
        plan(
            List.of(known("a", "A", "ok", 1, "one"), known("b", "B", "ok", 1, "two")),
            key("a", "A", RowAction.REPLACE, "ok"),
            key("b", "B", RowAction.ADD, "ok"));

    assertThat(plan.files()).containsExactly("one");
    assertThat(plan.changes()).extracting(Change::fate).containsExactly(Fate.GONE);
    assertThat(plan.admitted()).containsExactly(List.of("a", "A"));
  }

  @Test
  void rowsThatStandTwiceAreReplacedByOne() {
    MergePlan plan =
        plan(
            List.of(known("a", "A", "ok", 1, "one"), known("a", "A", "ok", 2, "two")),
            key("a", "A", RowAction.REPLACE, "stored"));

    assertThat(plan.files()).containsExactlyInAnyOrder("one", "two");
    assertThat(plan.changes()).extracting(Change::fate).containsExactly(Fate.GONE);
    assertThat(plan.admitted()).containsExactly(List.of("a", "A"));
  }

  @Test
  void rowsThatStandTwiceStayWhereOneOfThemStays() {
    KnownRow pixels = new KnownRow("a", "A", "ok", "pixels", 1, new Timestamp(0), "one");
    MergePlan plan =
        plan(List.of(pixels, known("a", "A", "ok", 2, "two")), key("a", "A", RowAction.ADD, "ok"));

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.admitted()).isEmpty();
    assertThat(plan.recoded()).isZero();
  }

  @Test
  void aFailureOfTheSameContentGoesAndTheSoundRowStays() {
    MergePlan plan =
        plan(
            List.of(known("a", "A", "failed", 2, "one"), known("a", "A", "ok", 1, "two")),
            key("a", "A", RowAction.ADD, "ok"));

    assertThat(plan.changes()).extracting(Change::failed).containsExactly(true);
    assertThat(plan.files()).containsExactly("one");
    assertThat(plan.admitted()).isEmpty();
  }

  @Test
  void aFailureReplacesNoSoundRow() {
    MergePlan plan =
        plan(List.of(known("a", "A", "ok", 1, "one")), key("a", null, RowAction.REPLACE, "failed"));

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.admitted()).containsExactly(Arrays.asList("a", null));
  }

  @Test
  void contentIsBackWhereAnotherCommitIsNewerThanRowsWithoutOne() {
    MergePlan plan =
        plan(
            List.of(known("a", "A", "ok", -1, "one"), known("a", "B", "ok", 3, "two")),
            key("a", "A", RowAction.ADD, "ok"));

    assertThat(plan.changes()).extracting(Change::fate).containsExactly(Fate.RETURNED);
    assertThat(plan.files()).isEqualTo(Set.of("one"));
    assertThat(plan.admitted()).isEmpty();
  }

  private static MergePlan plan(List<KnownRow> known, IncomingKeys.Key... keys) {
    return MergePlan.of(known, IncomingKeys.of(List.of(keys), 0));
  }

  private static KnownRow known(
      String path, String sha256, String status, long version, String file) {
    return new KnownRow(path, sha256, status, "file", version, new Timestamp(0), file);
  }

  private static IncomingKeys.Key key(String path, String sha256, RowAction action, String status) {
    return new IncomingKeys.Key(
        path, sha256, action, status, "file", 1L, new Timestamp(0), new Timestamp(0));
  }
}
