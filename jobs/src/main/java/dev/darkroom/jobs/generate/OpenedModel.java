package dev.darkroom.jobs.generate;

import dev.darkroom.generation.DiffusionPipeline;
import dev.darkroom.generation.scheduler.SchedulerException;
import dev.darkroom.jobs.UserException;
import dev.darkroom.models.ModelException;
import dev.darkroom.models.ModelIdentity;
import dev.darkroom.udfs.generate.PipelineLease;
import dev.darkroom.udfs.generate.PipelineSource;
import dev.darkroom.udfs.gpu.GpuAssignment;
import dev.darkroom.udfs.gpu.GpuUnavailableException;
import dev.darkroom.udfs.model.ModelUnavailableException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What a task found when it opened the model as the job's tasks will, before anything is drawn.
 *
 * @param model its name
 * @param hash its SHA-256
 * @param matrix how each prompt will be drawn, the model's own choices among it
 */
record OpenedModel(String model, String hash, Matrix matrix) implements Serializable {

  private record Answer(List<String> refusals, List<OpenedModel> opened) implements Serializable {}

  /**
   * Opens the model.
   *
   * @throws UserException where no model can be had, or it can't do what is wished; all such wishes
   *     are named
   */
  static OpenedModel of(
      JavaSparkContext context,
      Broadcast<SerializableConfiguration> hadoop,
      GenerateOptions options) {
    JavaRDD<Integer> one = context.parallelize(List.of(1), 1);
    PipelineSource source = options.source();
    Wishes wishes = options.wishes();
    Answer answer = options.gpus().apply(one).map(ignored -> ask(source, wishes, hadoop)).first();
    if (!answer.refusals().isEmpty()) {
      throw new UserException(String.join("\n", answer.refusals()));
    }
    return answer.opened().get(0);
  }

  private static Answer ask(
      PipelineSource source, Wishes wishes, Broadcast<SerializableConfiguration> hadoop) {
    try (PipelineLease lease = source.open(GpuAssignment.ofTask(), hadoop.value().value())) {
      DiffusionPipeline pipeline = lease.pipeline();
      Matrix matrix = wishes.matrix(pipeline.defaults(), pipeline.sampler());
      List<String> refusals = new ArrayList<>();
      for (BatchSettings settings : matrix.settings()) {
        refusals.addAll(pipeline.problems(settings.parameters()));
      }
      ModelIdentity model = pipeline.model();
      return new Answer(
          new ArrayList<>(refusals.stream().distinct().toList()),
          List.of(new OpenedModel(model.id(), model.hash(), matrix)));
    } catch (ModelUnavailableException
        | GpuUnavailableException
        | ModelException
        | SchedulerException e) {
      return new Answer(List.of(e.getMessage()), List.of());
    }
  }
}
