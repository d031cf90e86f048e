package dev.darkroom.recaption.endpoint;

import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.recaption.Captioner;
import dev.darkroom.recaption.DecodingParameters;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Requests to ask in tests, and their outcomes. */
final class Requests {
  static final byte[] PNG = file("png");

  private Requests() {}

  /** A drawn image of 24 x 16 pixels as a file. */
  static byte[] file(String format) {
    return file(drawing(), format);
  }

  static byte[] file(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalStateException("no writer of " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static BufferedImage drawing() {
    BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.ORANGE);
    graphics.fillOval(3, 2, 12, 9);
    graphics.dispose();
    return image;
  }

  static CaptionRequest ask(String prompt) {
    return new CaptionRequest(PNG, prompt, DecodingParameters.greedy(32), 7);
  }

  static CaptionRequest ask(byte[] image) {
    return new CaptionRequest(image, "What is this?", DecodingParameters.greedy(32), 7);
  }

  /** Requests whose prompts are numbers from 0. */
  static List<CaptionRequest> numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> ask(Integer.toString(i))).toList();
  }

  static List<CaptionOutcome> all(Captioner captioner, List<CaptionRequest> requests) {
    List<CaptionOutcome> outcomes = new ArrayList<>();
    captioner.caption(requests.iterator()).forEachRemaining(outcomes::add);
    return outcomes;
  }

  static CaptionOutcome one(Captioner captioner, CaptionRequest request) {
    return captioner.caption(List.of(request).iterator()).next();
  }
}
