package dev.darkroom.udfs.caption;

import dev.darkroom.recaption.DecodingParameters;
import dev.darkroom.udfs.gpu.GpuAssignment;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * How a task comes by a captioner. It travels from the driver to the executors, so it holds
 * settings and no connection.
 */
public sealed interface CaptionerSource extends Serializable
    permits EndpointSource, ModelSource, ServerSource {

  /**
   * A lease on the captioner of this JVM and these GPUs, made now if it is not there.
   *
   * @param gpus what the task was given; a captioner that runs here runs on these
   * @param hadoop which file systems there are, for those who fetch a model
   * @throws dev.darkroom.udfs.model.ModelUnavailableException where a model can't be had
   * @throws RuntimeException of the captioner's own kind, where it can't be made
   */
  CaptionerLease open(GpuAssignment gpus, Configuration hadoop);

  /** Why such captioners can't do what is asked, one line each; empty where they can. */
  List<String> problems(DecodingParameters parameters);
}
