package dev.darkroom.jobs.score;

import dev.darkroom.udfs.caption.CaptionerSource;
import dev.darkroom.udfs.gpu.GpuAssignment;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/** How a task comes by a judge. It travels from the driver to the executors. */
public sealed interface JudgeSource extends Serializable {
  /** The judge's name in tables. */
  String id();

  /** A judge, with what it needs of this executor. */
  Judge open(GpuAssignment gpus, Configuration hadoop);

  /** The exact judge of scenes' pixels. */
  record Pixels() implements JudgeSource {
    @Override
    public String id() {
      return "pixels";
    }

    @Override
    public Judge open(GpuAssignment gpus, Configuration hadoop) {
      return new PixelJudge();
    }
  }

  /**
   * A model that sees and speaks.
   *
   * @param source where it is
   * @param questions what it is asked
   */
  record Llava(CaptionerSource source, Questions questions) implements JudgeSource {
    @Override
    public String id() {
      return "llava";
    }

    @Override
    public Judge open(GpuAssignment gpus, Configuration hadoop) {
      return new CaptionerJudge(
          source.open(gpus, hadoop),
          questions == Questions.YES_NO ? new YesNoInterview() : new DescribeInterview());
    }
  }

  /** What a model is asked. */
  enum Questions {
    /** To describe the image; its text is read as a scene and compared with the prompt's. */
    DESCRIBE,
    /** Whether the image shows each of the prompt's noun phrases. */
    YES_NO
  }
}
