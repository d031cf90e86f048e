package dev.darkroom.jobs.restore;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Gives each of many files a name of its own below one folder.
 *
 * <p>The rule. A file is called as {@link TargetName#of} says. Where several would be called the
 * same, or what the folder takes for the same, one keeps the name: a newest version before older
 * ones, then one whose name is its row's own path before one whose name was changed, then the one
 * with the least source path. A name that other files need as a folder is kept by none. All others
 * get {@code name~<hash>.ext}, with the first 8 digits of the SHA-256 of the source path; 16 or 64
 * where 8 are taken. Older versions have the first 8 digits of their file's SHA-256 in their names
 * in any case. So a name depends on the rows of the table alone: it is the same in every run, for
 * every selection of rows, and on every cluster, as long as no row comes in that lays claim to the
 * same name.
 */
final class NameAssignment implements AutoCloseable {
  /** A file's key: a string, unique. */
  static final String KEY = "key";

  /** Where the file came from. */
  static final String SOURCE = "source";

  /** What its row calls it. */
  static final String PATH = "path";

  /** Whether it will be a PNG, whatever it was. */
  static final String PNG = "png";

  /** What tells an older version from the newest; null for the newest. */
  static final String OLDER_MARK = "older_mark";

  /** The name; null where there is none left, which takes ill will. */
  static final String TARGET = "target";

  /** Why it is called otherwise than its row says; empty where it is not. */
  static final String REASON = "reason";

  private static final String FOLD = "fold";
  private static final String TAKEN = "taken_fold";
  private static final String TURN = "turn";
  private static final int[] DIGITS = {8, 16, 64};
  private static final StructType NAME =
      new StructType()
          .add(TARGET, DataTypes.StringType)
          .add(FOLD, DataTypes.StringType)
          .add(REASON, DataTypes.StringType);

  private final UserDefinedFunction natural;
  private final UserDefinedFunction marked;
  private final UserDefinedFunction folders;
  private final List<Dataset<Row>> held = new ArrayList<>();

  NameAssignment(NameRules rules) {
    natural =
        udf(
            (UDF3<String, Boolean, String, Row>)
                (path, png, mark) -> {
                  TargetName name = TargetName.of(path, png, rules);
                  return row(
                      mark == null ? name : name.marked(mark, TargetName.Change.OLDER_VERSION),
                      rules);
                },
            NAME);
    marked =
        udf(
            (UDF4<String, String, String, Integer, Row>)
                (path, reason, hash, digits) ->
                    row(
                        new TargetName(path, TargetName.changes(reason))
                            .marked(hash.substring(0, digits), TargetName.Change.TAKEN),
                        rules),
            NAME);
    folders =
        udf(
            (UDF1<String, String[]>) path -> TargetName.folders(path).toArray(String[]::new),
            DataTypes.createArrayType(DataTypes.StringType));
  }

  private static Row row(TargetName name, NameRules rules) {
    return RowFactory.create(name.path(), rules.key(name.path()), name.reason());
  }

  /**
   * Gives names.
   *
   * @param files with the columns {@link #KEY}, {@link #SOURCE}, {@link #PATH}, {@link #PNG} and
   *     {@link #OLDER_MARK}
   * @return each key with its {@link #TARGET} and {@link #REASON}; good until this is closed
   */
  Dataset<Row> assign(Dataset<Row> files) {
    Column identity =
        when(col(OLDER_MARK).isNull(), col(SOURCE))
            .otherwise(concat(col(SOURCE), lit("\n"), col(OLDER_MARK)));
    Dataset<Row> all =
        hold(
            files
                .withColumn("name", natural.apply(col(PATH), col(PNG), col(OLDER_MARK)))
                .select(
                    col(KEY),
                    col(SOURCE),
                    col(OLDER_MARK).isNotNull().as("older"),
                    sha2(identity.cast("binary"), 256).as("hash"),
                    col("name." + TARGET).as("first_target"),
                    col("name." + REASON).as("first_reason"),
                    col("name.*")));
    Dataset<Row> above = hold(all.select(explode(folders.apply(col(FOLD))).as(TAKEN)).distinct());
    Dataset<Row> judged =
        judge(all, above, col("older"), col(REASON).notEqual(""), col(SOURCE), col(KEY));
    Dataset<Row> named = judged.filter(free());
    Dataset<Row> open = judged.filter(not(free()));
    for (int digits : DIGITS) {
      if (open.isEmpty()) {
        break;
      }
      Dataset<Row> again =
          open.drop(TARGET, FOLD, REASON, TURN, TAKEN)
              .withColumn(
                  "name",
                  marked.apply(col("first_target"), col("first_reason"), col("hash"), lit(digits)))
              .select(col("*"), col("name.*"))
              .drop("name");
      Dataset<Row> taken = above.unionByName(named.select(col(FOLD).as(TAKEN)));
      judged = judge(again, taken, col(SOURCE), col(KEY));
      named = named.unionByName(judged.filter(free()));
      open = judged.filter(not(free()));
    }
    return named
        .unionByName(open.withColumn(TARGET, lit(null).cast("string")))
        .select(KEY, TARGET, REASON);
  }

  private Dataset<Row> judge(Dataset<Row> files, Dataset<Row> taken, Column... order) {
    return hold(
        files
            .withColumn(TURN, row_number().over(Window.partitionBy(FOLD).orderBy(order)))
            .join(taken, files.col(FOLD).equalTo(taken.col(TAKEN)), "left"));
  }

  private static Column free() {
    return col(TURN).equalTo(1).and(col(TAKEN).isNull());
  }

  private Dataset<Row> hold(Dataset<Row> rows) {
    Dataset<Row> kept = rows.persist(StorageLevel.MEMORY_AND_DISK());
    held.add(kept);
    return kept;
  }

  @Override
  public void close() {
    held.forEach(rows -> rows.unpersist());
  }
}
