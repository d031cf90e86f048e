package dev.darkroom.jobs.endure;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestSpark;
import io.delta.tables.DeltaTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Looks at tables for {@code bin/endure}, one question a line, in one process: starting one for
 * each would take the most time. A question is words with tabs between; the answer is one line of
 * JSON.
 *
 * <ul>
 *   <li>{@code job ARGUMENTS...}: a job, run here: its status and what it said
 *   <li>{@code rows TABLE COLUMNS}: how many rows, and how many different ones, by columns with
 *       commas between
 *   <li>{@code digest TABLE COLUMNS}: the SHA-256 of all rows' columns, in whatever order they are
 *   <li>{@code clock TABLE CONDITION SECONDS}: lets rows say that they were archived that much
 *       later
 * </ul>
 */
public final class Inspector {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Inspector() {}

  /** Answers until the questions end. */
  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    // Whatever else is printed must not be taken for an answer.
    System.setOut(System.err);
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      answers.println(JSON.writeValueAsString(answer(line.split("\t", -1))));
    }
  }

  private static ObjectNode answer(String[] words) {
    ObjectNode answer = JSON.createObjectNode();
    switch (words[0]) {
      case "job" -> {
        Shell shell = Shell.run(Arrays.copyOfRange(words, 1, words.length));
        answer.put("status", shell.status()).put("out", shell.out()).put("err", shell.err());
      }
      case "rows" -> {
        Dataset<Row> rows = TestSpark.table(words[1]);
        answer.put("rows", rows.count());
        answer.put("different", rows.select(columns(words[2])).distinct().count());
      }
      case "digest" -> answer.put("digest", digest(TestSpark.table(words[1]), words[2]));
      case "clock" ->
          DeltaTable.forPath(TestSpark.session(), words[1])
              .updateExpr(
                  words[2],
                  Map.of("archived_at", "archived_at + interval " + words[3] + " second"));
      default -> throw new IllegalArgumentException("no such question: " + words[0]);
    }
    return answer;
  }

  private static String digest(Dataset<Row> rows, String columns) {
    Column[] texts =
        Stream.of(columns(columns))
            .map(column -> coalesce(column.cast("string"), lit("NULL")))
            .toArray(Column[]::new);
    return rows.select(sha2(concat_ws("\u0001", texts), 256).as("row"))
        .orderBy("row")
        .selectExpr("sha2(concat_ws(',', collect_list(row)), 256)")
        .head()
        .getString(0);
  }

  private static Column[] columns(String names) {
    return Stream.of(names.split(",")).map(functions::col).toArray(Column[]::new);
  }
}
