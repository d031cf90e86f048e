package dev.darkroom.jobs.restore;

import dev.darkroom.compression.archive.ArchiveCodec;
import dev.darkroom.compression.archive.Fidelity;
import org.apache.spark.sql.api.java.UDF3;

/** The target name as a function of a row's relative path, codec and fidelity, for Spark. */
final class TargetNameOfRow implements UDF3<String, String, String, String> {
  private static final long serialVersionUID = 1L;

  /** The name, or null (Spark's word for none) where the path is refused. */
  @Override
  public String call(String relativePath, String codec, String fidelity) {
    boolean png = ArchiveCodec.IFLOW.id().equals(codec) && Fidelity.PIXELS.id().equals(fidelity);
    return TargetName.of(relativePath, png).orElse(null);
  }
}
