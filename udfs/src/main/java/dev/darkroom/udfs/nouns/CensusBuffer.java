package dev.darkroom.udfs.nouns;

import dev.darkroom.recaption.nouns.CaptionCensus;
import dev.darkroom.recaption.nouns.CaptionCensusFormat;
import dev.darkroom.recaption.nouns.WordForm;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.Set;

/** A census between executors: Spark serialises it once for each partition and group. */
public final class CensusBuffer implements Externalizable {
  private static final long serialVersionUID = 1L;

  private transient CaptionCensus census;

  /** For what comes from another executor. */
  public CensusBuffer() {
    this(Set.of());
  }

  CensusBuffer(Set<WordForm> forms) {
    census = new CaptionCensus(forms);
  }

  CaptionCensus census() {
    return census;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    byte[] bytes = CaptionCensusFormat.write(census);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    census = CaptionCensusFormat.read(bytes);
  }
}
