package dev.darkroom.udfs.sql;

import dev.darkroom.recaption.nouns.NounTagger;
import java.util.List;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoder;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders;
import org.apache.spark.sql.types.DataTypes;

/** All SQL functions. */
public final class DarkroomFunctions {
  private static final NounTagger TAGGER = new NounTagger();

  private DarkroomFunctions() {}

  /** The functions, sorted by name. */
  public static List<SqlFunction<?>> all() {
    return List.of(
        new SqlFunction<>(
            "iflow_decode",
            "_FUNC_(payload) - Decodes a payload of codec iflow to the pixels of its image:"
                + " struct<width, height, channels, bit_depth, png>. Fails where it is damaged.",
            bytes(),
            PayloadDecoder.RESULT,
            PayloadDecoder::decode),
        new SqlFunction<>(
            "image_info",
            "_FUNC_(bytes) - Decodes an image file and tells what it is: struct<format, width,"
                + " height, channels, bit_depth, error>. Where it can't be decoded, error says"
                + " why.",
            bytes(),
            ImageInspector.RESULT,
            ImageInspector::inspect),
        new SqlFunction<>(
            "noun_count",
            "_FUNC_(text) - Counts the nouns of an English text, common and proper.",
            text(),
            DataTypes.IntegerType,
            text -> TAGGER.nouns(text).size()),
        new SqlFunction<>(
            "nouns",
            "_FUNC_(text) - The nouns of an English text, common and proper, in lower case and in"
                + " the order of the text.",
            text(),
            DataTypes.createArrayType(DataTypes.StringType, false),
            text -> TAGGER.nouns(text).toArray(String[]::new)));
  }

  private static AgnosticEncoder<byte[]> bytes() {
    return AgnosticEncoders.BinaryEncoder$.MODULE$;
  }

  private static AgnosticEncoder<String> text() {
    return AgnosticEncoders.StringEncoder$.MODULE$;
  }
}
