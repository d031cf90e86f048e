package dev.darkroom.jobs.score;

import dev.darkroom.jobs.scene.judging.Detection;
import dev.darkroom.jobs.scene.judging.SceneDetector;
import dev.darkroom.jobs.scene.judging.SceneEvidence;
import dev.darkroom.recaption.image.ImageException;
import dev.darkroom.recaption.image.ImageLimits;
import dev.darkroom.recaption.image.RgbDecoder;
import dev.darkroom.recaption.image.RgbImage;
import java.awt.image.BufferedImage;
import java.util.Iterator;

/** The exact judge: finds a scene's objects in the pixels. Says nothing about other prompts. */
final class PixelJudge implements Judge {
  private final RgbDecoder decoder = new RgbDecoder(ImageLimits.DEFAULT);
  private final SceneDetector detector = new SceneDetector();

  @Override
  public Iterator<Judgement> judge(Iterator<Subject> subjects) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return subjects.hasNext();
      }

      @Override
      public Judgement next() {
        return one(subjects.next());
      }
    };
  }

  private Judgement one(Subject subject) {
    if (subject.problem().isPresent()) {
      return Judgement.without(subject, subject.problem().get());
    }
    if (subject.request().isEmpty()) {
      return Judgement.without(
          subject,
          ScoreStatus.NOT_APPLICABLE,
          "NO_SCENE_PROMPT",
          "no scene prompt: the pixel judge knows scenes alone; ask a model with --judge llava"
              + " --questions yes_no");
    }
    try {
      BufferedImage image = image(decoder.decode(subject.image().orElseThrow()));
      Detection detection = detector.detect(image);
      return Judgement.ofScene(
          subject, subject.request().get(), SceneEvidence.of(detection), detection.toString());
    } catch (ImageException e) {
      return Judgement.without(subject, ScoreStatus.UNREADABLE, "UNREADABLE_IMAGE", e.getMessage());
    } catch (IllegalArgumentException e) {
      return Judgement.without(
          subject, ScoreStatus.NOT_APPLICABLE, "NO_SCENE_PICTURE", e.getMessage());
    }
  }

  private static BufferedImage image(RgbImage decoded) {
    BufferedImage image =
        new BufferedImage(decoded.width(), decoded.height(), BufferedImage.TYPE_INT_RGB);
    byte[] samples = decoded.samples();
    for (int pixel = 0; pixel < decoded.width() * decoded.height(); pixel++) {
      int rgb =
          (samples[3 * pixel] & 0xFF) << 16
              | (samples[3 * pixel + 1] & 0xFF) << 8
              | samples[3 * pixel + 2] & 0xFF;
      image.setRGB(pixel % decoded.width(), pixel / decoded.width(), rgb);
    }
    return image;
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
