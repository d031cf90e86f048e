package dev.darkroom.jobs.generate;

import dev.darkroom.jobs.restore.TargetFolder;
import dev.darkroom.jobs.table.GeneratedPicture;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;

/** Draws and writes the sheets of rows that come in the order of their sheets. */
final class SheetWriter {
  /** A sheet of pictures of 1024 x 1024 is then one of 16 megapixels. */
  private static final int PICTURES = 16;

  private static final int GAP = 2;

  private final String folder;
  private final Configuration hadoop;

  SheetWriter(String folder, Configuration hadoop) {
    this.folder = folder;
    this.hadoop = hadoop;
  }

  /** Writes them, and gives their names. */
  Iterator<String> write(Iterator<Row> rows) {
    List<String> names = new ArrayList<>();
    List<BufferedImage> pictures = new ArrayList<>();
    String shared = "";
    String name = "";
    int page = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      String now = ContactSheets.shared(row);
      if (!now.equals(shared) || pictures.size() == PICTURES) {
        page = now.equals(shared) ? page + 1 : 0;
        put(name, pictures, shared, names);
        shared = now;
        name = ContactSheets.name(row, page);
      }
      pictures.add(GeneratedPicture.of(row));
    }
    put(name, pictures, shared, names);
    return names.iterator();
  }

  private void put(String name, List<BufferedImage> pictures, String shared, List<String> names) {
    if (pictures.isEmpty()) {
      return;
    }
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("images of", shared);
    try {
      TargetFolder.open(folder, hadoop).put(name, PngFile.write(sheet(pictures), texts), true);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "contact sheet '%s' can't be written into '%s'; check the folder and its permissions"
              .formatted(name, folder),
          e);
    }
    names.add(name);
    pictures.clear();
  }

  /** Pictures of one size in rows, as nearly a square as they make. */
  private static BufferedImage sheet(List<BufferedImage> pictures) {
    int columns = (int) Math.ceil(Math.sqrt(pictures.size()));
    int rows = (pictures.size() + columns - 1) / columns;
    int width = pictures.get(0).getWidth() + GAP;
    int height = pictures.get(0).getHeight() + GAP;
    BufferedImage sheet =
        new BufferedImage(columns * width - GAP, rows * height - GAP, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    for (int i = 0; i < pictures.size(); i++) {
      graphics.drawImage(
          pictures.get(i), i % columns * width, Math.floorDiv(i, columns) * height, null);
    }
    graphics.dispose();
    return sheet;
  }
}
