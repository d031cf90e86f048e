package dev.darkroom.generation.scheduler;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The samplers, with the names of the classes in diffusers that they follow. */
public enum SamplerKind {
  /** Ho et al., "Denoising Diffusion Probabilistic Models" (2020). */
  DDPM("DDPMScheduler"),
  /** Song et al., "Denoising Diffusion Implicit Models" (2021). */
  DDIM("DDIMScheduler"),
  /** Lu et al., "DPM-Solver++" (2022), several steps at a time, as an ODE or an SDE. */
  DPM_SOLVER_MULTISTEP("DPMSolverMultistepScheduler"),
  /** Xue et al., "SA-Solver: Stochastic Adams Solver for Fast Sampling of Diffusion Models". */
  SA_SOLVER("SASolverScheduler"),
  /** Euler's method on the flow of Lipman et al., "Flow Matching for Generative Modeling". */
  FLOW_MATCH_EULER("FlowMatchEulerDiscreteScheduler");

  private final String className;

  SamplerKind(String className) {
    this.className = className;
  }

  /** The {@code _class_name} of scheduler configurations. */
  public String className() {
    return className;
  }

  static Optional<SamplerKind> ofClassName(String name) {
    return Arrays.stream(values()).filter(kind -> kind.className.equals(name)).findFirst();
  }

  static String classNames() {
    return Arrays.stream(values()).map(SamplerKind::className).collect(Collectors.joining(", "));
  }
}
