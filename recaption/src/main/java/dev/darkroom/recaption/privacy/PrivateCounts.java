package dev.darkroom.recaption.privacy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reports, added up: for each domain how many there were, and how many of them held each value.
 *
 * <p>Adding and merging may be done in any order and grouping, with the same counts in the end. One
 * thread at a time may use counts.
 *
 * <p>As bytes: the byte 1 (the version), universe (int), epsilon (double), salt (long), the number
 * of moduli (int), the moduli (int each); then for each modulus the number of its reports and the
 * count of each value, as numbers of 7 bits a byte, the lowest first, with the highest bit set in
 * all but the last. Ints, longs and doubles have their highest byte first.
 */
public final class PrivateCounts {
  private static final int VERSION = 1;

  private final Scheme scheme;
  private final long[] reports;
  private final long[][] hits;

  /** No report yet. */
  public PrivateCounts(Scheme scheme) {
    this.scheme = scheme;
    this.reports = new long[scheme.moduli().size()];
    this.hits = new long[reports.length][];
    for (int j = 0; j < hits.length; j++) {
      hits[j] = new long[scheme.moduli().get(j)];
    }
  }

  /** What the reports' users agreed on. */
  public Scheme scheme() {
    return scheme;
  }

  /**
   * Adds a report.
   *
   * @throws IllegalArgumentException where it is about a domain or value that the scheme has not
   */
  public void add(PrivateReport report) {
    int j = report.domain();
    if (j < 0 || j >= hits.length) {
      throw new IllegalArgumentException(
          "a report about domain %d, of %d that there are".formatted(j, hits.length));
    }
    int size = report.size();
    if (size == 0 || report.value(0) < 0 || report.value(size - 1) >= hits[j].length) {
      throw new IllegalArgumentException(
          "a report that doesn't fit a domain of %d values: %s".formatted(hits[j].length, report));
    }
    reports[j]++;
    for (int i = 0; i < size; i++) {
      hits[j][report.value(i)]++;
    }
  }

  /**
   * Adds the reports of others, which stay as they are.
   *
   * @throws IllegalArgumentException where they are of another scheme
   */
  public void merge(PrivateCounts others) {
    others.check(scheme);
    for (int j = 0; j < hits.length; j++) {
      reports[j] += others.reports[j];
      for (int value = 0; value < hits[j].length; value++) {
        hits[j][value] += others.hits[j][value];
      }
    }
  }

  /** How many reports there were. */
  public long reports() {
    return Arrays.stream(reports).sum();
  }

  /** How many reports were about a domain. */
  public long reports(int domain) {
    return reports[domain];
  }

  /** How many of a domain's reports held a value. */
  public long hits(int domain, int value) {
    return hits[domain][value];
  }

  /** Refuses another scheme. */
  void check(Scheme expected) {
    if (!scheme.equals(expected)) {
      throw new IllegalArgumentException(
          "counts of %s can't be used with %s".formatted(scheme, expected));
    }
  }

  /** The counts as bytes. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(scheme.universe());
      out.writeDouble(scheme.epsilon());
      out.writeLong(scheme.salt());
      out.writeInt(scheme.moduli().size());
      for (int modulus : scheme.moduli()) {
        out.writeInt(modulus);
      }
      for (int j = 0; j < hits.length; j++) {
        writeNumber(out, reports[j]);
        for (long count : hits[j]) {
          writeNumber(out, count);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written to", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException where it is something else
   */
  public static PrivateCounts fromBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IllegalArgumentException("private counts of an unknown version: " + version);
      }
      PrivateCounts counts = new PrivateCounts(readScheme(in));
      for (int j = 0; j < counts.hits.length; j++) {
        counts.reports[j] = readNumber(in);
        for (int value = 0; value < counts.hits[j].length; value++) {
          counts.hits[j][value] = atMost(counts.reports[j], readNumber(in));
        }
      }
      if (in.available() > 0) {
        throw new IllegalArgumentException("private counts with bytes after their end");
      }
      return counts;
    } catch (IOException e) {
      throw new IllegalArgumentException("private counts that end too soon", e);
    }
  }

  private static Scheme readScheme(DataInputStream in) throws IOException {
    int universe = in.readInt();
    double epsilon = in.readDouble();
    long salt = in.readLong();
    int count = in.readInt();
    if (count < 1 || count > Scheme.MOST_MODULI) {
      throw new IllegalArgumentException("private counts of %d moduli".formatted(count));
    }
    List<Integer> moduli = new ArrayList<>();
    long rows = 0;
    for (int j = 0; j < count; j++) {
      moduli.add(in.readInt());
      rows += moduli.get(j);
    }
    if (rows > in.available()) {
      throw new IllegalArgumentException("private counts that end too soon");
    }
    return new Scheme(universe, epsilon, moduli, salt);
  }

  private static long atMost(long reports, long hits) {
    if (hits > reports) {
      throw new IllegalArgumentException(
          "private counts with a value in %d of %d reports".formatted(hits, reports));
    }
    return hits;
  }

  private static void writeNumber(DataOutputStream out, long number) throws IOException {
    long rest = number;
    while (rest > 0x7F) {
      out.writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  private static long readNumber(DataInputStream in) throws IOException {
    long number = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int next = in.readUnsignedByte();
      number |= (long) (next & 0x7F) << shift;
      if (next <= 0x7F) {
        return number;
      }
    }
    throw new IllegalArgumentException("private counts with a number above 2^63");
  }
}
