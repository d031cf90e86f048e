package dev.darkroom.jobs.curation;

import static org.apache.spark.sql.functions.col;

import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.curation.CaptionSet.Role;
import dev.darkroom.jobs.source.TableColumns;
import dev.darkroom.jobs.source.TextTable;
import dev.darkroom.jobs.table.CaptionColumn;
import dev.darkroom.jobs.table.GeneratedColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/** Opens the inputs of a report. */
final class InputReader {
  /** Names of columns that tell images apart and don't say where they are. */
  private static final Set<String> KEYS = Set.of("key", "__key__", "id");

  private final SparkSession spark;
  private final List<String> columns;

  /**
   * Opens tables of a session.
   *
   * @param columns the columns with captions in tables that no job of ours wrote; found by their
   *     usual names where there are none
   */
  InputReader(SparkSession spark, List<String> columns) {
    this.spark = spark;
    this.columns = List.copyOf(columns);
  }

  /**
   * Opens all inputs.
   *
   * @throws UserException where one is no table, is empty, or has nothing to report on
   */
  List<ReportInput> open(List<NamedInput> inputs) {
    List<Opened> tablesOpened = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (NamedInput input : inputs) {
      Dataset<Row> rows = TextTable.open(spark, "input", input.location()).rows();
      if (rows.isEmpty()) {
        throw new UserException(
            "input '%s' has no row to report on; name another table".formatted(input.location()));
      }
      String name = input.label();
      for (int i = 2; !names.add(name); i++) {
        name = input.label() + " " + i;
      }
      tablesOpened.add(new Opened(name, input.location(), InputKind.of(rows.schema()), rows));
    }
    refuseUnknownColumns(tablesOpened);
    boolean alone = tablesOpened.stream().filter(t -> t.kind() != InputKind.ARCHIVE).count() == 1;
    return tablesOpened.stream().map(table -> input(table, alone)).toList();
  }

  private record Opened(String name, String location, InputKind kind, Dataset<Row> rows) {}

  private ReportInput input(Opened table, boolean alone) {
    ReportInput bare =
        new ReportInput(
            table.name(),
            table.location(),
            table.kind(),
            table.rows(),
            List.of(),
            Optional.empty());
    return switch (table.kind()) {
      case CAPTIONS -> with(bare, captions(table, alone), Optional.of(ImageColumns.CAPTIONS));
      case ARCHIVE -> with(bare, List.of(), Optional.of(ImageColumns.ARCHIVE));
      case GENERATED -> with(bare, prompts(table, alone), Optional.of(ImageColumns.GENERATED));
      case TEXTS -> with(bare, texts(table, alone), images(table));
    };
  }

  private static ReportInput with(
      ReportInput input, List<CaptionSet> sets, Optional<ImageColumns> images) {
    return new ReportInput(
        input.name(), input.location(), input.kind(), input.rows(), sets, images);
  }

  private static List<CaptionSet> captions(Opened table, boolean alone) {
    List<CaptionSet> sets = new ArrayList<>();
    String raw = CaptionColumn.RAW_CAPTION.id();
    if (!table.rows().filter(col(raw).isNotNull()).isEmpty()) {
      sets.add(set(table, alone, "raw captions", Role.RAW, raw));
    }
    sets.add(set(table, alone, "new captions", Role.NEW, CaptionColumn.CAPTION.id()));
    return sets;
  }

  private static List<CaptionSet> prompts(Opened table, boolean alone) {
    return List.of(set(table, alone, "prompts", Role.TEXT, GeneratedColumn.FINAL_PROMPT.id()));
  }

  private List<CaptionSet> texts(Opened table, boolean alone) {
    List<String> found = columns.stream().filter(name -> has(table, name)).toList();
    if (columns.isEmpty()) {
      found = TableColumns.captionIn(table.rows().schema()).stream().toList();
    }
    if (found.isEmpty()) {
      throw new UserException(
          "input '%s' has no column of captions known by its name (it has %s); name one with --column"
              .formatted(table.location(), String.join(", ", table.rows().columns())));
    }
    boolean single = found.size() == 1;
    return found.stream()
        .map(
            column ->
                single && !alone
                    ? new CaptionSet(table.name(), column, Role.TEXT, quoted(column))
                    : set(table, alone, column, Role.TEXT, quoted(column)))
        .toList();
  }

  /** A named column by its very name; one that was found may be a field of a struct. */
  private String quoted(String column) {
    return columns.isEmpty() ? column : "`" + column.replace("`", "``") + "`";
  }

  private static CaptionSet set(
      Opened table, boolean alone, String label, Role role, String column) {
    return new CaptionSet(alone ? label : table.name() + ": " + label, label, role, column);
  }

  private static Optional<ImageColumns> images(Opened table) {
    Optional<String> path = TableColumns.pathIn(table.rows().schema());
    Optional<String> bytes = TableColumns.bytesIn(table.rows().schema());
    boolean onlyKeys = path.filter(KEYS::contains).isPresent();
    return bytes.isEmpty() && (path.isEmpty() || onlyKeys)
        ? Optional.empty()
        : Optional.of(ImageColumns.of(table.rows().schema(), path, bytes));
  }

  private void refuseUnknownColumns(List<Opened> opened) {
    List<Opened> plain = opened.stream().filter(t -> t.kind() == InputKind.TEXTS).toList();
    for (String column : columns) {
      if (plain.stream().noneMatch(table -> has(table, column))) {
        String have =
            String.join(
                "; ",
                plain.stream()
                    .map(
                        table -> table.name() + " has " + String.join(", ", table.rows().columns()))
                    .toList());
        throw new UserException(
            "no input has a column '%s' of text (%s); --column is for tables that no job of ours wrote"
                .formatted(column, have.isEmpty() ? "there is no such table" : have));
      }
    }
  }

  private static boolean has(Opened table, String column) {
    return Arrays.stream(table.rows().schema().fields())
        .filter(field -> field.name().equals(column))
        .map(StructField::dataType)
        .anyMatch(StringType.class::isInstance);
  }
}
