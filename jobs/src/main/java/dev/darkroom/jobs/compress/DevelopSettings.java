package dev.darkroom.jobs.compress;

import dev.darkroom.compression.Profile;
import dev.darkroom.compression.archive.Fidelity;
import java.io.Serializable;

/**
 * What executors need to know to develop an image.
 *
 * @param profile the profile that codes
 * @param fidelity what can be restored
 * @param limits what one image may cost
 * @param action {@code ADD} or {@code REPLACE}: what a row does where its image is there already
 */
record DevelopSettings(
    Profile profile,
    Fidelity fidelity,
    ImageLimits limits,
    dev.darkroom.jobs.table.RowAction action)
    implements Serializable {
  static DevelopSettings of(CompressOptions options) {
    return new DevelopSettings(
        options.profile(),
        options.fidelity(),
        options.limits(),
        options.resume()
            ? dev.darkroom.jobs.table.RowAction.ADD
            : dev.darkroom.jobs.table.RowAction.REPLACE);
  }
}
