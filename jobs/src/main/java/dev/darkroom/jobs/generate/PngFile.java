package dev.darkroom.jobs.generate;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A PNG file with texts in it. */
final class PngFile {
  private static final String METADATA = "javax_imageio_png_1.0";

  private PngFile() {}

  /**
   * Writes an image.
   *
   * @param texts keyword to text, each an iTXt chunk in UTF-8, in this order
   */
  static byte[] write(BufferedImage image, Map<String, String> texts) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(image), settings);
      metadata.mergeTree(METADATA, tree(texts));
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, metadata), settings);
    } catch (IIOInvalidTreeException e) {
      throw new IllegalStateException("texts that no PNG can hold: " + texts.keySet(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("a PNG in memory", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static IIOMetadataNode tree(Map<String, String> texts) {
    IIOMetadataNode all = new IIOMetadataNode("iTXt");
    texts.forEach(
        (keyword, text) -> {
          IIOMetadataNode entry = new IIOMetadataNode("iTXtEntry");
          entry.setAttribute("keyword", keyword);
          entry.setAttribute("compressionFlag", "FALSE");
          entry.setAttribute("compressionMethod", "0");
          entry.setAttribute("languageTag", "");
          entry.setAttribute("translatedKeyword", "");
          entry.setAttribute("text", text);
          all.appendChild(entry);
        });
    IIOMetadataNode root = new IIOMetadataNode(METADATA);
    root.appendChild(all);
    return root;
  }
}
