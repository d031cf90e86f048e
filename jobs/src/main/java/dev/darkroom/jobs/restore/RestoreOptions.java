package dev.darkroom.jobs.restore;

import java.util.Optional;

/**
 * What {@code restore} is to do.
 *
 * @param input the archive table
 * @param output the folder for the files, on any Hadoop file system
 * @param where an SQL condition on the table's columns
 * @param overwrite whether files that are there may be replaced
 * @param names which names files may have
 * @param versions which versions are restored
 * @param form what images of tars are restored as
 * @param listing the file for the names that differ from the rows' own; not within the output
 */
public record RestoreOptions(
    String input,
    String output,
    Optional<String> where,
    boolean overwrite,
    NameStyle names,
    VersionChoice versions,
    RestoreForm form,
    String listing) {

  /** The defaults of the command line. */
  public static RestoreOptions of(String input, String output) {
    return new RestoreOptions(
        input,
        output,
        Optional.empty(),
        false,
        NameStyle.ASIS,
        VersionChoice.NEWEST,
        RestoreForm.FILES,
        listingBeside(output));
  }

  /** The listing's usual place: beside the output, so that the output holds files alone. */
  public static String listingBeside(String output) {
    return output.replaceAll("/+$", "") + ".names.jsonl";
  }
}
