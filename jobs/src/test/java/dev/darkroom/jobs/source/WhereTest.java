package dev.darkroom.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.jobs.TestSpark;
import dev.darkroom.jobs.UserException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhereTest {
  private static Dataset<Row> rows() {
    return TestSpark.session()
        .sql(
            "select * from values"
                + " ('a/one.PNG', 640, 480, timestamp '2024-05-01 10:00:00', array('exif', 'dpi'),"
                + "  named_struct('make', 'x'), cast(null as string)),"
                + " ('b/two.jpg', 20, 30, timestamp '2020-01-01 00:00:00', array(), null, 'a cat')"
                + " as t(path, width, height, time, left_behind, exif, caption)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "width > 100",
        "width >= 640 and not height < 480 or false",
        "width between 600 and 700",
        "width not between 0 and 100",
        "width in (1, 2, 640)",
        "width * height / 2 - 1 + 3 % 2 > 1000",
        "width div 64 = 10 and -width = -640 and +width = 640",
        "(width & 1) = 0 and (width | 1) = 641 and (width ^ 1) = 641 and ~width < 0",
        "width <> 20 and width != 20 and width <=> 640",
        "caption is null and path is not null and (width > 1) is true",
        "caption is distinct from 'a cat'",
        "lower(path) like '%.png'",
        "path ilike 'A/%'",
        "path like any ('a%', 'c%') and path not like all ('b%', 'c%')",
        "path rlike '^a/' and regexp_like(path, 'PNG$')",
        "upper(substring(path, 1, 1)) = 'A' and substr(path from 1 for 1) = 'a'",
        "length(trim(both 'G' from path)) = 8 and position('/' in path) = 2",
        "concat(path, '!') = 'a/one' || '.PNG!'",
        "split(path, '/')[0] = 'a' and regexp_extract(path, '([a-z]+)[.]', 1) = 'one'",
        "`time` >= timestamp '2024-01-01' and year(time) = 2024 and extract(month from time) = 5",
        "date(time) = date '2024-05-01' and time + interval 1 day > time and time < now()",
        "width > 99 and time < current_timestamp and to_date(time) < current_date()",
        "coalesce(caption, 'none') = 'none' and if(width > 1, true, false)",
        "case when width > 600 then true else false end",
        "cast(width as string) = '640' and width::double > 1 and try_cast(path as int) is null",
        "array_contains(left_behind, 'dpi') and size(left_behind) = 2",
        "exists(left_behind, tag -> tag like 'ex%') and exif.make = 'x'",
        "noun_count(caption) is null and noun_count('a cat') = 1",
        "t.width > 100",
      })
  void expressionsOverColumnsAreTaken(String sql) {
    Dataset<Row> rows = rows().as("t");

    assertThat(Where.filter(rows, sql).select("path").as(org.apache.spark.sql.Encoders.STRING()))
        .satisfies(found -> assertThat(found.collectAsList()).containsExactly("a/one.PNG"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reflect('java.lang.System', 'getenv', 'PATH') is not null",
        "java_method('java.lang.System', 'exit', 1) = 1",
        "try_reflect('java.lang.System', 'getenv', 'PATH') is not null",
        "input_file_name() like '%x%'",
        "width in (select 1)",
        "width = (select max(id) from range(10))",
        "exists (select * from parquet.`/etc`)",
        "rand() < 0.5",
        "uuid() = path",
        "sum(width) > 1",
        "row_number() over (order by width) = 1",
        "current_user() = path",
        "spark_catalog.default.lower(path) = 'x'",
        "system.builtin.reflect('a', 'b') = 1",
        "identifier('width') > 1",
        "array_contains(transform(left_behind, t -> reflect('a', t)), 'x')",
        "aes_decrypt(path, 'k') is null",
        "no_such_function(path)",
        "lower(path) = 'x' and (false or not (upper(java_method('a', 'b')) = 'x'))",
        "width > 1 as wide",
        "raise_error(path)",
        "version() = path",
      })
  void whatReachesBeyondTheRowIsRefused(String sql) {
    Dataset<Row> rows = rows();

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> Where.filter(rows, sql))
        .withMessageContaining(sql)
        .withMessageContaining(", which a condition may not; it may use columns")
        .withMessageContaining("lower, lpad")
        .withMessageContaining("noun_count");
  }

  @Test
  void allThatIsRefusedIsNamedAtOnce() {
    Dataset<Row> rows = rows();

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () -> Where.filter(rows, "reflect('a', 'b') and rand() < 1 or width in (select 1)"))
        .withMessageContaining(
            "uses a subquery and the function rand and the function reflect, which");
  }

  @ParameterizedTest
  @ValueSource(strings = {"width >", "no_such_column = 1", "width > 1; drop table x", "width"})
  void whatIsNoConditionIsRefused(String sql) {
    Dataset<Row> rows = rows();

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> Where.filter(rows, sql).collectAsList())
        .withMessageContaining("is no condition on the table");
  }
}
