package dev.darkroom.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarMembersTest {
  private static final long MAX_BYTES = 2_000_000;

  @TempDir private Path temp;

  private final InputFiles files = new InputFiles(new Configuration(false));

  @Test
  void everyMemberIsACandidate() throws IOException {
    String longName = "folder/" + "長".repeat(66) + ".jpg";
    List<String> names =
        List.of(
            "0001.jpg",
            "0001.png",
            "0001.json",
            "0001.txt",
            "0001.cls",
            "22.05.png",
            "Mr. Bean.jpg",
            "photo.avif",
            "noextension",
            ".hidden.png",
            "./sub/.deep/x.png",
            " ",
            longName);
    TarFiles tar = new TarFiles();
    for (String name : names) {
      tar.file(name, "content of " + name);
    }
    tar.write(temp.resolve("t.tar"));

    List<Candidate> members = members("t.tar");

    assertThat(members)
        .extracting(c -> c.member().orElseThrow().name())
        .containsExactlyElementsOf(names);
    for (int i = 0; i < names.size(); i++) {
      Candidate member = members.get(i);
      assertThat(text(member)).isEqualTo("content of " + names.get(i));
      assertThat(member.sourcePath()).isEqualTo("file:" + temp + "/t.tar#" + names.get(i));
      assertThat(member.member().orElseThrow().position()).isEqualTo(i);
      assertThat(member.member().orElseThrow().container()).isEqualTo("t.tar");
      assertThat(member.modified().orElseThrow().getTime()).isEqualTo(TarFiles.TIME);
      assertThat(member.size()).isEqualTo(member.content().orElseThrow().length);
    }
    assertThat(members.get(10).relativePath()).isEqualTo("t/sub/.deep/x.png");
  }

  @Test
  void membersOfOneNameAreToldApart() throws IOException {
    new TarFiles()
        .file("a.png", "1")
        .file("a.png#2", "literal")
        .file("a.png", "2")
        .file("a.png", "3")
        .write(temp.resolve("t.tar"));

    assertThat(members("t.tar"))
        .extracting(c -> c.sourcePath().replaceFirst("[^#]*#", ""))
        .containsExactly("a.png", "a.png#2", "a.png#3", "a.png#4");
    assertThat(members("t.tar"))
        .extracting(TarMembersTest::text)
        .containsExactly("1", "literal", "2", "3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.tar", "t.tar.gz"})
  void linksAreWhatTheyLinkTo(String name) throws IOException {
    byte[] tar =
        new TarFiles()
            .file("d/a.jpg", "first")
            .file("d/a.jpg", "second")
            .link(TarConstants.LF_LINK, "hard.jpg", "d/a.jpg")
            .link(TarConstants.LF_SYMLINK, "d/soft.jpg", "a.jpg")
            .link(TarConstants.LF_SYMLINK, "e/up.jpg", "../d/./soft.jpg")
            .link(TarConstants.LF_SYMLINK, "late.jpg", "z.jpg")
            .link(TarConstants.LF_SYMLINK, "out.jpg", "../../etc/passwd")
            .file("z.jpg", "last")
            .bytes();
    write(name, tar);

    List<Candidate> members = members(name);

    assertThat(members).hasSize(8);
    assertThat(members.subList(2, 5)).extracting(TarMembersTest::text).containsOnly("second");
    assertThat(members.get(2).size()).isEqualTo(6);
    assertThat(text(members.get(5))).as("of a member that comes later").isEqualTo("last");
    assertThat(members.get(6).problem().orElseThrow().type()).isEqualTo(SourceProblem.Type.MISSING);
    assertThat(members.get(6).problem().orElseThrow().message())
        .contains("link to '../../etc/passwd', which is no file of the tar");
    assertThat(members.get(6).relativePath()).isEqualTo("t/out.jpg");
    assertThat(text(members.get(7))).isEqualTo("last");
  }

  @Test
  void foldersDevicesAndPipesAreCounted() throws IOException {
    new TarFiles()
        .other(TarConstants.LF_DIR, "d/")
        .other(TarConstants.LF_FIFO, "pipe")
        .other(TarConstants.LF_CHR, "tty")
        .file("d/empty.png", "")
        .write(temp.resolve("t.tar"));

    assertThat(members("t.tar")).singleElement().extracting(Candidate::size).isEqualTo(0L);
    assertThat(survey("t.tar", 100, 100).withoutContent()).isEqualTo(3);
  }

  @Test
  void sparseMembersAreWhole() throws IOException {
    new TarFiles()
        .file("a.bin", "before")
        .sparse("sparse.bin", "the end")
        .link(TarConstants.LF_LINK, "again.bin", "sparse.bin")
        .write(temp.resolve("t.tar"));

    List<Candidate> members = members("t.tar");

    assertThat(members).hasSize(3);
    for (Candidate sparse : members.subList(1, 3)) {
      assertThat(sparse.size()).isEqualTo(1_000_000);
      byte[] content = sparse.content().orElseThrow();
      assertThat(content).hasSize(1_000_000).startsWith(0, 0, 0);
      assertThat(new String(content, 999_993, 7, StandardCharsets.UTF_8)).isEqualTo("the end");
    }
  }

  @Test
  void namesThatAreNotUtf8ComeBack() throws IOException {
    new TarFiles("ISO-8859-1")
        .gnuNames()
        .file("plain?.png", "question")
        .file("caf\u00E9.png", "latin")
        .file("d\u00E9/" + "long".repeat(40) + ".png", "long")
        .link(TarConstants.LF_LINK, "link.png", "caf\u00E9.png")
        .file("percent:x.png", "literal")
        .write(temp.resolve("t.tar"));

    List<Candidate> members = members("t.tar");

    assertThat(members)
        .extracting(c -> c.member().orElseThrow().name())
        .startsWith("plain?.png", "percent:caf%E9.png")
        .endsWith("link.png", "percent:percent%3Ax.png");
    assertThat(RawName.bytes(members.get(1).member().orElseThrow().name()))
        .isEqualTo("caf\u00E9.png".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(
            new String(
                RawName.bytes(members.get(4).member().orElseThrow().name()),
                StandardCharsets.UTF_8))
        .isEqualTo("percent:x.png");
    assertThat(members.get(1).relativePath()).isEqualTo("t/caf%E9.png");
    assertThat(members.get(2).relativePath()).startsWith("t/d%E9/long");
    assertThat(members)
        .extracting(TarMembersTest::text)
        .containsExactly("question", "latin", "long", "latin", "literal");
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.tar", "t.tar.gz"})
  void namesInPaxHeadersThatAreNotUtf8ComeBack(String tar) throws IOException {
    byte[] latin = "d\u00E9/caf\u00E9?.png".getBytes(StandardCharsets.ISO_8859_1);
    byte[] longer = ("\u00FC".repeat(300) + ".png").getBytes(StandardCharsets.ISO_8859_1);
    byte[] utf8 = "\u9577?.png".getBytes(StandardCharsets.UTF_8);
    byte[] bytes =
        new TarFiles()
            .file("first.bin", "x".repeat(3000))
            .sparse("sparse.bin", "the end")
            .binary("path", latin, TarConstants.LF_NORMAL, "short", "latin")
            .binary("path", longer, TarConstants.LF_NORMAL, "short", "y".repeat(700))
            .binary("linkpath", latin, TarConstants.LF_LINK, "link.png", "")
            .other(TarConstants.LF_DIR, "d/")
            .binary("path", utf8, TarConstants.LF_NORMAL, "short", "utf")
            .file("plain?.png", "question")
            .bytes();
    write(tar, bytes);

    List<Candidate> members = members(tar);

    assertThat(members)
        .extracting(c -> RawName.bytes(c.member().orElseThrow().name()))
        .containsExactly(
            "first.bin".getBytes(StandardCharsets.UTF_8),
            "sparse.bin".getBytes(StandardCharsets.UTF_8),
            latin,
            longer,
            "link.png".getBytes(StandardCharsets.UTF_8),
            utf8,
            "plain?.png".getBytes(StandardCharsets.UTF_8));
    assertThat(members.get(2).member().orElseThrow().name())
        .isEqualTo("percent:d%E9/caf%E9%3F.png");
    assertThat(members.get(2).relativePath()).isEqualTo("t/d%E9/caf%E9?.png");
    assertThat(members.subList(2, 7))
        .extracting(TarMembersTest::text)
        .containsExactly("latin", "y".repeat(700), "latin", "utf", "question");
  }

  @Test
  void namesThatLeadOutOfTheFolderDoNot() throws IOException {
    new TarFiles()
        .file("../../etc/x.png", "1")
        .file("/abs/y.png", "2")
        .file("a/../../z.png", "3")
        .file("./.", "4")
        .write(temp.resolve("t.tar"));

    assertThat(members("t.tar"))
        .extracting(Candidate::relativePath)
        .containsExactly("t/__/__/etc/x.png", "t/abs/y.png", "t/a/__/__/z.png", "t/member-3");
  }

  @Test
  void aDamagedTarGivesWhatStandsBeforeAndARowOfItsOwn() throws IOException {
    TarFiles many = new TarFiles();
    for (int i = 0; i < 10; i++) {
      many.file("%d.bin".formatted(i), "x".repeat(3000));
    }
    byte[] whole = many.bytes();
    int member = 512 + 3072;
    byte[] checksum = whole.clone();
    checksum[5 * member + 10] ^= 1;
    byte[] zeros = whole.clone();
    Arrays.fill(zeros, 5 * member, 6 * member, (byte) 0);
    write("middle.tar", Arrays.copyOf(whole, 5 * member + 1000));
    write("boundary.tar", Arrays.copyOf(whole, 5 * member));
    write("header.tar", Arrays.copyOf(whole, 5 * member + 100));
    write("checksum.tar", checksum);
    write("zeros.tar", zeros);
    write("size.tar", withHeader(whole, 5 * member, 124, "no octals  "));
    write("negative.tar", withHeader(whole, 5 * member, 124, "-0000000001"));
    write("packed.tgz", whole);
    byte[] packed = Files.readAllBytes(temp.resolve("packed.tgz"));
    Files.write(temp.resolve("cut.tgz"), Arrays.copyOf(packed, packed.length - 100));
    byte[] garbled = packed.clone();
    Arrays.fill(garbled, 20, packed.length - 20, (byte) 0x55);
    Files.write(temp.resolve("garbled.tgz"), garbled);
    Files.write(temp.resolve("plain.tgz"), whole);
    write("empty.tar", new byte[0]);
    write("none.tar", new TarFiles().bytes());

    assertDamaged("middle.tar", 6, "ended|runcated|EOF");
    assertDamaged("boundary.tar", 5, "end of the tar is missing");
    assertDamaged("header.tar", 5, "end of the tar is missing");
    assertDamaged("checksum.tar", 5, "wrong checksum");
    assertDamaged("zeros.tar", 5, "more data follows");
    assertDamaged("size.tar", 5, "the header of entry 5 is damaged");
    assertDamaged("negative.tar", 5, "the header of entry 5 is damaged");
    assertDamaged("plain.tgz", 0, "it is damaged, or not packed with gzip as its name says; ");
    assertDamaged("garbled.tgz", 0, "it is damaged, or not packed with gzip as its name says; ");
    assertDamaged("empty.tar", 0, "end of the tar is missing");
    List<Candidate> cut = members("cut.tgz");
    assertThat(cut.get(cut.size() - 1).sourcePath()).endsWith("/cut.tgz");
    assertThat(cut.get(cut.size() - 1).problem().orElseThrow().message())
        .contains("can't be read to its end: it ended too early, as if it was cut; its members");
    assertThat(
            survey("cut.tgz", 3, 100_000).pieces().stream().mapToLong(TarSurvey.Piece::rows).sum())
        .isEqualTo(cut.size());
    assertThat(members("none.tar")).isEmpty();
    assertThat(members("packed.tgz")).hasSize(10);
  }

  @Test
  void piecesTakeEachMemberOnceAndNoMoreBytesThanTold() throws IOException {
    TarFiles tar = new TarFiles();
    for (int i = 0; i < 20; i++) {
      tar.other(TarConstants.LF_DIR, "d%d/".formatted(i)).file("same.bin", "x".repeat(i * 100));
    }
    tar.write(temp.resolve("t.tar"));

    TarSurvey survey = survey("t.tar", 4, 1500);

    List<String> taken = new ArrayList<>();
    for (TarSurvey.Piece piece : survey.pieces()) {
      List<Candidate> rows = members(piece.shard(), MAX_BYTES);
      assertThat(rows).hasSize((int) piece.rows()).hasSizeLessThanOrEqualTo(4);
      assertThat(rows.stream().mapToLong(Candidate::size).sum()).isEqualTo(piece.bytes());
      assertThat(rows.size() == 1 || piece.bytes() <= 1500).isTrue();
      rows.forEach(row -> taken.add(row.sourcePath()));
    }
    assertThat(taken)
        .isEqualTo(members("t.tar").stream().map(Candidate::sourcePath).toList())
        .hasSize(20)
        .doesNotHaveDuplicates();
    assertThat(survey.withoutContent()).isEqualTo(20);
  }

  @Test
  void piecesAreDealtIntoFewChunksOfAboutTheSameCost() throws IOException {
    TarFiles tar = new TarFiles();
    for (int i = 0; i < 40; i++) {
      tar.file("%d.bin".formatted(i), "x".repeat(3000));
    }
    write("t.tar.gz", tar.bytes());

    List<TarSurvey.Piece> pieces = survey("t.tar.gz", 1, 1).dealt(4, 3).pieces();

    assertThat(pieces).hasSize(12).allMatch(piece -> piece.rows() == 3 || piece.rows() == 4);
    List<Boolean> continued = pieces.stream().map(TarSurvey.Piece::continued).toList();
    for (int i = 0; i < 12; i++) {
      assertThat(continued.get(i)).as("piece %d", i).isEqualTo(i % 3 > 0);
    }
    List<String> taken = new ArrayList<>();
    for (TarSurvey.Piece piece : pieces) {
      List<Candidate> rows = members(piece.shard(), MAX_BYTES);
      assertThat(rows).hasSize((int) piece.rows());
      rows.forEach(row -> taken.add(row.sourcePath()));
    }
    assertThat(taken)
        .isEqualTo(members("t.tar.gz").stream().map(Candidate::sourcePath).toList())
        .hasSize(40);
  }

  @Test
  void aMemberOverTheLimitIsToldAndTheNextRead() throws IOException {
    new TarFiles().file("big", "x".repeat(1001)).file("small", "y").write(temp.resolve("t.tar"));

    List<Candidate> members = members(shard("t.tar"), 1000);

    assertThat(members.get(0).problem().orElseThrow().type())
        .isEqualTo(SourceProblem.Type.TOO_LARGE);
    assertThat(text(members.get(1))).isEqualTo("y");
  }

  private void assertDamaged(String name, int rows, String reason) {
    List<Candidate> members = members(name);
    assertThat(members).as(name).hasSize(rows + 1);
    Candidate last = members.get(rows);
    assertThat(last.sourcePath()).isEqualTo("file:" + temp + "/" + name);
    assertThat(last.problem().orElseThrow().type()).isEqualTo(SourceProblem.Type.UNREADABLE);
    assertThat(last.problem().orElseThrow().message()).containsPattern(reason);
    assertThat(members.stream().flatMap(row -> row.problem().stream()))
        .extracting(SourceProblem::message)
        .allMatch(message -> message.matches("the (tar|member) can't be read to its end: [a-z].*"))
        .noneMatch(message -> message.matches(".*(Exception|java\\.|TAR|[.!:] ?;).*"));
    TarSurvey survey = survey(name, 2, 100_000);
    assertThat(survey.pieces().stream().mapToLong(TarSurvey.Piece::rows).sum())
        .as(name)
        .isEqualTo(rows + 1);
  }

  /** The tar with something else in a header, whose checksum is right. */
  private static byte[] withHeader(byte[] tar, int header, int at, String field) {
    byte[] changed = tar.clone();
    byte[] value = field.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(value, 0, changed, header + at, value.length);
    Arrays.fill(changed, header + 148, header + 156, (byte) ' ');
    int sum = 0;
    for (int i = header; i < header + 512; i++) {
      sum += Byte.toUnsignedInt(changed[i]);
    }
    byte[] checksum = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(checksum, 0, changed, header + 148, checksum.length);
    return changed;
  }

  private void write(String name, byte[] tar) throws IOException {
    if (name.endsWith("gz")) {
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(temp.resolve(name)))) {
        out.write(tar);
      }
    } else {
      Files.write(temp.resolve(name), tar);
    }
  }

  private static String text(Candidate candidate) {
    return new String(candidate.content().orElseThrow(), StandardCharsets.UTF_8);
  }

  private TarShard shard(String name) {
    Configuration hadoop = new Configuration(false);
    return TarShard.of(new FileListing(hadoop, true).list(temp.resolve(name).toString()).get(0));
  }

  private TarSurvey survey(String name, long images, long bytes) {
    return TarSurvey.of(shard(name), files, images, bytes);
  }

  private List<Candidate> members(String name) {
    return members(shard(name), MAX_BYTES);
  }

  private List<Candidate> members(TarShard shard, long maxBytes) {
    List<Candidate> members = new ArrayList<>();
    try (TarMembers reader = new TarMembers(shard, files, maxBytes)) {
      reader.forEachRemaining(members::add);
    }
    return members;
  }
}
