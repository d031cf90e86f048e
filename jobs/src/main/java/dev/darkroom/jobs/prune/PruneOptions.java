package dev.darkroom.jobs.prune;

/**
 * What {@code prune} is to do.
 *
 * @param images the folder of the originals, on any Hadoop file system
 * @param archive the archive table
 * @param listing the Parquet table of the dry run
 * @param keptAsPixels whether files may go of which the archive keeps pixels alone
 */
public record PruneOptions(String images, String archive, String listing, boolean keptAsPixels) {}
