package dev.darkroom.compression;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.Deflater;

/** Writes TIFF files for tests, in all the ways in which a raster may lie in one. */
public final class TiffFiles {
  /** Types of fields. */
  public static final int BYTE = 1;

  /** Text. */
  public static final int ASCII = 2;

  /** Two bytes. */
  public static final int SHORT = 3;

  /** Four bytes. */
  public static final int LONG = 4;

  /** A numerator and a denominator. */
  public static final int RATIONAL = 5;

  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

  private record Field(int type, int count, byte[] value) {}

  private final RasterImage raster;
  private final Map<Integer, Field> extra = new TreeMap<>();
  private final Random random;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private int bits;
  private int photometric;
  private int compression = 1;
  private int level = 6;
  private int clearAt = 4094;
  private boolean predictor;
  private boolean planes;
  private boolean tiled;
  private boolean scattered;
  private int segmentWidth;
  private int segmentHeight;
  private byte[] behind = {};
  private int next;

  /**
   * A writer of a raster as one strip, not compressed.
   *
   * @param seed what the arbitrary choices depend on
   */
  public TiffFiles(RasterImage raster, long seed) {
    this.raster = raster;
    random = new Random(seed);
    bits = raster.bitDepth();
    photometric = raster.channels() > 2 ? 2 : 1;
    segmentWidth = raster.width();
    segmentHeight = raster.height();
  }

  /** Sets the byte order. */
  public TiffFiles order(ByteOrder value) {
    order = value;
    return this;
  }

  /** Sets the bits of a sample, of a raster whose samples need no more. */
  public TiffFiles bits(int value) {
    bits = value;
    return this;
  }

  /** Sets what the samples mean; 0 inverts them. */
  public TiffFiles photometric(int value) {
    photometric = value;
    return this;
  }

  /** Sets the compression by its number, and deflate's level or LZW's greatest table. */
  public TiffFiles compression(int number, int setting) {
    compression = number;
    level = setting;
    clearAt = setting;
    return this;
  }

  /** Writes differences. */
  public TiffFiles predictor(boolean value) {
    predictor = value;
    return this;
  }

  /** Writes one plane after the other. */
  public TiffFiles planes(boolean value) {
    planes = value;
    return this;
  }

  /** Cuts the image into strips. */
  public TiffFiles strips(int rows) {
    segmentHeight = rows;
    return this;
  }

  /** Cuts the image into tiles, with arbitrary samples beyond its edges. */
  public TiffFiles tiles(int width, int height) {
    tiled = true;
    segmentWidth = width;
    segmentHeight = height;
    return this;
  }

  /** Puts the segments into an arbitrary order, with an arbitrary byte between some. */
  public TiffFiles scattered(boolean value) {
    scattered = value;
    return this;
  }

  /** Adds a field of bytes, text, or any type whose bytes are given. */
  public TiffFiles field(int tag, int type, byte[] value) {
    extra.put(tag, new Field(type, value.length / TYPE_BYTES[type], value));
    return this;
  }

  /** Adds a field of numbers. */
  public TiffFiles field(int tag, int type, int... values) {
    extra.put(tag, numbers(type, values));
    return this;
  }

  /** Adds bytes behind everything that nothing refers to. */
  public TiffFiles behind(byte... bytes) {
    behind = bytes;
    return this;
  }

  /** Lets the directory link to another. */
  public TiffFiles next(int position) {
    next = position;
    return this;
  }

  /** The file. */
  public byte[] write() {
    List<byte[]> segments = segments();
    Integer[] sequence = new Integer[segments.size()];
    Arrays.setAll(sequence, i -> i);
    if (scattered) {
      Collections.shuffle(Arrays.asList(sequence), random);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[8]);
    int[] offsets = new int[sequence.length];
    for (int i : sequence) {
      if (scattered && random.nextBoolean()) {
        body.write(random.nextInt());
      }
      offsets[i] = body.size();
      body.writeBytes(segments.get(i));
    }
    if (body.size() % 2 == 1) {
      body.write(0);
    }
    int directory = body.size();
    body.writeBytes(directory(directory, offsets, segments));
    body.writeBytes(behind);
    byte[] file = body.toByteArray();
    byte mark = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
    ByteBuffer.wrap(file).order(order).put(mark).put(mark).putShort((short) 42).putInt(directory);
    return file;
  }

  private byte[] directory(int position, int[] offsets, List<byte[]> segments) {
    int channels = raster.channels();
    Map<Integer, Field> fields = new TreeMap<>(extra);
    fields.put(256, numbers(LONG, raster.width()));
    fields.put(257, numbers(SHORT, raster.height()));
    fields.put(258, numbers(SHORT, repeat(bits, channels)));
    fields.put(259, numbers(SHORT, compression));
    fields.put(262, numbers(SHORT, photometric));
    fields.put(277, numbers(SHORT, channels));
    fields.put(284, numbers(SHORT, planes ? 2 : 1));
    fields.put(tiled ? 324 : 273, numbers(LONG, offsets));
    fields.put(
        tiled ? 325 : 279, numbers(LONG, segments.stream().mapToInt(s -> s.length).toArray()));
    if (tiled) {
      fields.put(322, numbers(SHORT, segmentWidth));
      fields.put(323, numbers(SHORT, segmentHeight));
    } else {
      fields.put(278, numbers(LONG, segmentHeight));
    }
    if (predictor) {
      fields.put(317, numbers(SHORT, 2));
    }
    if (channels % 2 == 0) {
      fields.putIfAbsent(338, numbers(SHORT, 2));
    }
    return directory(position, fields, next, order);
  }

  private static byte[] directory(
      int position, Map<Integer, Field> fields, int next, ByteOrder order) {
    int values = position + 6 + 12 * fields.size();
    ByteArrayOutputStream outside = new ByteArrayOutputStream();
    ByteBuffer entries = ByteBuffer.allocate(6 + 12 * fields.size()).order(order);
    entries.putShort((short) fields.size());
    fields.forEach(
        (tag, field) -> {
          entries.putShort((short) (int) tag).putShort((short) field.type()).putInt(field.count());
          if (field.value().length <= 4) {
            entries.put(Arrays.copyOf(field.value(), 4));
          } else {
            entries.putInt(values + outside.size());
            outside.writeBytes(Arrays.copyOf(field.value(), (field.value().length + 1) / 2 * 2));
          }
        });
    entries.putInt(next);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(entries.array());
    out.writeBytes(outside.toByteArray());
    return out.toByteArray();
  }

  private Field numbers(int type, int... values) {
    int count = type == RATIONAL ? values.length / 2 : values.length;
    ByteBuffer out = ByteBuffer.allocate(count * TYPE_BYTES[type]).order(order);
    for (int value : values) {
      if (type == SHORT) {
        out.putShort((short) value);
      } else {
        out.putInt(value);
      }
    }
    return new Field(type, count, out.array());
  }

  private List<byte[]> segments() {
    List<byte[]> segments = new ArrayList<>();
    for (int plane = 0; plane < (planes ? raster.channels() : 1); plane++) {
      for (int top = 0; top < raster.height(); top += segmentHeight) {
        for (int left = 0; left < raster.width(); left += segmentWidth) {
          segments.add(compress(segment(plane, top, left)));
        }
      }
    }
    return segments;
  }

  /** A segment as numbers, row by row, then as bytes. */
  private byte[] segment(int plane, int top, int left) {
    int samples = planes ? 1 : raster.channels();
    int rows = tiled ? segmentHeight : Math.min(segmentHeight, raster.height() - top);
    int rowBytes = (segmentWidth * samples * bits + 7) / 8;
    byte[] out = new byte[rows * rowBytes];
    for (int y = 0; y < rows; y++) {
      int[] row = new int[segmentWidth * samples];
      for (int i = 0; i < row.length; i++) {
        row[i] = sample(left + i / samples, top + y, planes ? plane : i % samples);
      }
      for (int i = row.length - 1; predictor && i >= samples; i--) {
        row[i] -= row[i - samples];
      }
      for (int i = 0; i < row.length; i++) {
        put(out, y * rowBytes, i, row[i]);
      }
    }
    return out;
  }

  private int sample(int x, int y, int channel) {
    int greatest = (1 << bits) - 1;
    if (x >= raster.width() || y >= raster.height()) {
      return random.nextInt(4) == 0 ? random.nextInt() & greatest : 0;
    }
    int index = (y * raster.width() + x) * raster.channels() + channel;
    int value =
        raster.bitDepth() == 8
            ? raster.samples()[index] & 0xFF
            : (raster.samples()[2 * index] & 0xFF) << 8 | raster.samples()[2 * index + 1] & 0xFF;
    return photometric == 0 ? greatest - value : value;
  }

  private void put(byte[] out, int line, int index, int value) {
    if (bits == 16) {
      ByteBuffer.wrap(out).order(order).putShort(line + 2 * index, (short) value);
    } else if (bits == 8) {
      out[line + index] = (byte) value;
    } else {
      int bit = index * bits;
      out[line + bit / 8] |= (byte) (value << 8 - bits - bit % 8);
    }
  }

  private byte[] compress(byte[] content) {
    return switch (compression) {
      case 8, 32_946 -> deflate(content);
      case 5 -> lzw(content);
      case 32_773 -> literals(content);
      default -> content;
    };
  }

  private byte[] deflate(byte[] content) {
    Deflater deflater = new Deflater(level);
    try {
      deflater.setInput(content);
      deflater.finish();
      byte[] out = new byte[content.length * 2 + 100];
      return Arrays.copyOf(out, deflater.deflate(out));
    } finally {
      deflater.end();
    }
  }

  /** The plainest way of PackBits: no runs. */
  private static byte[] literals(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < content.length; i += 128) {
      int length = Math.min(128, content.length - i);
      out.write(length - 1);
      out.write(content, i, length);
    }
    return out.toByteArray();
  }

  /** LZW with strings as they are in a map, the table emptied when it has so many entries. */
  private byte[] lzw(byte[] content) {
    StringBuilder codes = new StringBuilder();
    Map<String, Integer> table = emptyTable();
    int size = 258;
    append(codes, 256, 9);
    String current = "";
    for (byte value : content) {
      String longer = current + (char) (value & 0xFF);
      if (table.containsKey(longer)) {
        current = longer;
        continue;
      }
      append(codes, table.get(current), width(size));
      table.put(longer, size++);
      if (size == clearAt) {
        append(codes, 256, width(size));
        table = emptyTable();
        size = 258;
      }
      current = longer.substring(longer.length() - 1);
    }
    append(codes, table.get(current), width(size));
    append(codes, 257, width(size + 1));
    while (codes.length() % 8 != 0) {
      codes.append('0');
    }
    byte[] out = new byte[codes.length() / 8];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) Integer.parseInt(codes.substring(8 * i, 8 * i + 8), 2);
    }
    return out;
  }

  private static Map<String, Integer> emptyTable() {
    Map<String, Integer> table = new HashMap<>();
    for (int i = 0; i < 256; i++) {
      table.put(String.valueOf((char) i), i);
    }
    return table;
  }

  /** The width of the next code where the writer's table has so many entries. */
  private static int width(int size) {
    return size < 512 ? 9 : size < 1024 ? 10 : size < 2048 ? 11 : 12;
  }

  private static void append(StringBuilder codes, int code, int width) {
    for (int bit = width - 1; bit >= 0; bit--) {
      codes.append((code >> bit & 1) == 0 ? '0' : '1');
    }
  }

  private static int[] repeat(int value, int count) {
    int[] values = new int[count];
    Arrays.fill(values, value);
    return values;
  }
}
