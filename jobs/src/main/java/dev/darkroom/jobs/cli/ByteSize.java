package dev.darkroom.jobs.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of bytes: {@code 1000}, {@code 64KiB}, {@code 256MiB}, {@code 1GiB}. */
final class ByteSize implements ITypeConverter<Long> {
  private static final Pattern SYNTAX = Pattern.compile("(\\d{1,15})\\s*(b|kib|mib|gib)?");

  @Override
  public Long convert(String text) {
    Matcher matcher = SYNTAX.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no number of bytes; write it like 1000, 64KiB, 256MiB or 1GiB");
    }
    int shift =
        switch (matcher.group(2) == null ? "b" : matcher.group(2)) {
          case "kib" -> 10;
          case "mib" -> 20;
          case "gib" -> 30;
          default -> 0;
        };
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift);
  }
}
