package dev.darkroom.jobs.curation;

import dev.darkroom.models.Sha256;
import java.util.Iterator;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Measures each text of a partition; the texts themselves are not kept. */
final class TextMeasure implements FlatMapFunction<Iterator<Row>, Row> {
  static final StructType SCHEMA =
      new StructType()
          .add("set", DataTypes.IntegerType, false)
          .add("kind", DataTypes.StringType, false)
          .add("words", DataTypes.IntegerType, false)
          .add("centiscore", DataTypes.LongType, true)
          .add("folded", DataTypes.StringType, false)
          .add("excerpt", DataTypes.StringType, false);

  /** Characters of a repeated text that are shown. */
  static final int EXCERPT = 160;

  private static final long serialVersionUID = 1L;
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

  /** What a row's value is. */
  enum Kind {
    NULL,
    BLANK,
    NOT_TEXT,
    CAPTION;

    static Kind of(String text) {
      if (text == null) {
        return NULL;
      }
      if (SPACE.matcher(text).replaceAll("").isEmpty()) {
        return BLANK;
      }
      return text.codePoints().anyMatch(Character::isLetter) ? CAPTION : NOT_TEXT;
    }
  }

  @Override
  public Iterator<Row> call(Iterator<Row> texts) {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(texts, Spliterator.ORDERED), false)
        .map(row -> measure(row.getInt(0), row.getString(1)))
        .iterator();
  }

  private static Row measure(int set, String text) {
    Kind kind = Kind.of(text);
    if (kind != Kind.CAPTION) {
      return RowFactory.create(set, kind.name(), 0, null, "", "");
    }
    TextMeter meter = TextMeter.of(text);
    String folded = SPACE.matcher(text).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    OptionalDouble score = meter.readingEase();
    return RowFactory.create(
        set,
        kind.name(),
        meter.words(),
        // Whole numbers have the same sum in any order.
        score.isPresent() ? (Long) Math.round(100 * score.getAsDouble()) : null,
        Sha256.of(folded),
        beginning(folded));
  }

  private static String beginning(String text) {
    return text.codePointCount(0, text.length()) <= EXCERPT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, EXCERPT)) + "\u2026";
  }
}
