package dev.darkroom.jobs.curation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A few images with captions before and after, among them what nobody should write. */
public record SmallDataset(Path folder) {
  /** Captions that want to be more than text. */
  public static final List<String> HOSTILE =
      List.of(
          "<script>document.title = 'taken'</script> a dog",
          "</script><img src=x onerror=\"document.title = 'taken'\"> & a 'cat'",
          "]]> <!-- --> </style></blockquote> line\u2028separator\u2029paragraph of a house",
          "\u202Eevil txt.exe \u0645\u0631\u062D\u0628\u0627 \u05E9\u05DC\u05D5\u05DD house",
          "null \u0000 byte, bell \u0007 and half a pair \uD83D of a tree",
          "emoji \uD83D\uDC08\u200D\u2B1B \uD83E\uDDD1\uD83C\uDFFD\u200D\uD83D\uDE80 and a flag",
          "{{constructor.constructor('document.title = 1')()}} javascript:alert(1) of a boat",
          "a very long caption of " + "dog house ".repeat(10_000));

  /** A JSON table with a path, and a caption before and after; the last image is not there. */
  public Path table() throws IOException {
    TestImages.write(folder.resolve("images"), 7);
    ObjectMapper mapper = new ObjectMapper();
    ArrayNode rows = mapper.createArrayNode();
    for (int i = 0; i < HOSTILE.size(); i++) {
      ObjectNode row = rows.addObject();
      row.put("path", folder.resolve("images").resolve("%02d.png".formatted(i)).toString());
      row.put("before", HOSTILE.get(i));
      row.put("after", "A photograph of a house number " + i + ". There is a dog beside a tree.");
    }
    rows.addObject().put("path", "").putNull("before").put("after", " \u00A0 ");
    rows.addObject().put("path", "").put("before", "1234 --").put("after", "A house again.");
    rows.addObject().put("path", "").put("before", "same CAPTION").put("after", "A house  AGAIN. ");
    Path table = folder.resolve("table.json");
    mapper.writeValue(table.toFile(), rows);
    return table;
  }

  /** An archive of the images, and of a link to nowhere, of which nothing can be kept. */
  public Path archive() throws IOException {
    Path archive = folder.resolve("archive");
    Path images = folder.resolve("images");
    TestImages.write(images, 7);
    Files.createSymbolicLink(images.resolve("broken.png"), Path.of("nowhere.png"));
    Shell shell =
        Shell.run("compress", "--input", images.toString(), "--output", archive.toString());
    assertThat(shell.status()).as(shell.err()).isZero();
    return archive;
  }
}
