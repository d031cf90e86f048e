package dev.darkroom.udfs.nouns;

import dev.darkroom.recaption.privacy.PrivateCounts;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.Optional;

/** Added-up reports between executors; empty where there is no report yet. */
public final class PrivateBuffer implements Externalizable {
  private static final long serialVersionUID = 1L;

  private transient Optional<PrivateCounts> counts = Optional.empty();

  /** No report yet. */
  public PrivateBuffer() {}

  Optional<PrivateCounts> counts() {
    return counts;
  }

  void set(PrivateCounts made) {
    counts = Optional.of(made);
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    byte[] bytes = counts.map(PrivateCounts::toBytes).orElse(new byte[0]);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    counts = bytes.length == 0 ? Optional.empty() : Optional.of(PrivateCounts.fromBytes(bytes));
  }
}
