package dev.darkroom.jobs.score;

import dev.darkroom.jobs.scene.judging.Detection;
import dev.darkroom.jobs.scene.judging.SceneDetector;
import dev.darkroom.jobs.scene.judging.SceneEvidence;
import dev.darkroom.recaption.image.ImageException;
import dev.darkroom.recaption.image.ImageLimits;
import dev.darkroom.recaption.image.RgbDecoder;
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
      BufferedImage image = decoder.decode(subject.image().orElseThrow()).picture();
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

  @Override
  public void close() {
    // It holds nothing.
  }
}
