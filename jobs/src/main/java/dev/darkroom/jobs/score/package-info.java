/**
 * Scores generated images: how well each shows what its prompt asks for, by T2I-CompBench's
 * categories and formulas, as one or several judges see it.
 *
 * <p>Who looks at the images is a {@link dev.darkroom.jobs.score.Judge}; what the scores are is
 * {@code dev.darkroom.generation.evaluation}'s affair; nothing here may know of the command line.
 */
package dev.darkroom.jobs.score;
