package dev.darkroom.jobs.compress;

import dev.darkroom.compression.Profile;
import dev.darkroom.compression.archive.Fidelity;
import dev.darkroom.jobs.source.SourceFormat;
import dev.darkroom.jobs.source.TableColumns;

/**
 * What {@code compress} is to do.
 *
 * @param input a file, folder, glob or table, on any Hadoop file system
 * @param inputFormat how to read it
 * @param columns where a table keeps its images
 * @param output the Delta table
 * @param profile the profile that codes
 * @param fidelity what can be restored
 * @param chunk images to a transaction, 1 or more
 * @param resume whether to leave out what the table has
 * @param retryFailed whether to try failed images again that have not changed
 * @param checksum whether to read files to find out that they are what the table has, even where
 *     size and time say so
 * @param limits what one image may cost
 */
public record CompressOptions(
    String input,
    SourceFormat inputFormat,
    TableColumns columns,
    String output,
    Profile profile,
    Fidelity fidelity,
    int chunk,
    boolean resume,
    boolean retryFailed,
    boolean checksum,
    ImageLimits limits) {

  /** The defaults of the command line. */
  public static CompressOptions of(String input, String output) {
    return new CompressOptions(
        input,
        SourceFormat.AUTO,
        TableColumns.DEFAULT,
        output,
        Profile.FAST,
        Fidelity.FILE,
        2000,
        true,
        false,
        false,
        ImageLimits.DEFAULT);
  }

  /** The same, but for a table whose images are in other columns. */
  public CompressOptions withColumns(TableColumns others) {
    return new CompressOptions(
        input,
        inputFormat,
        others,
        output,
        profile,
        fidelity,
        chunk,
        resume,
        retryFailed,
        checksum,
        limits);
  }
}
