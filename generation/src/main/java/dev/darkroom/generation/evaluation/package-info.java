/**
 * How well an image shows what was asked for: the formulas of T2I-CompBench (Huang et al. 2023,
 * "T2I-CompBench: A Comprehensive Benchmark for Open-world Compositional Text-to-image Generation",
 * NeurIPS 2023 Datasets and Benchmarks; numeracy from T2I-CompBench++, arXiv 2307.06350v3), as the
 * repository Karine-Huang/T2I-CompBench computes them.
 *
 * <p>Only arithmetic lives here: who looked at the image, and how, is the caller's affair. No
 * pixel, no model and no text may come in.
 */
package dev.darkroom.generation.evaluation;
