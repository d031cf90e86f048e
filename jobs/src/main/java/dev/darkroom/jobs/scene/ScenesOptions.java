package dev.darkroom.jobs.scene;

/**
 * What to write.
 *
 * @param output where the Parquet table goes: a path or URI that is not there yet
 * @param count how many scenes: those with index 0 to count - 1
 * @param seed which world they are of
 * @param size pixels of a side of each picture, a multiple of {@value Scene#GRID}
 */
public record ScenesOptions(String output, long count, long seed, int size) {}
