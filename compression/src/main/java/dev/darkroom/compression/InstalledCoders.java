package dev.darkroom.compression;

import dev.darkroom.compression.container.StreamCoders;
import dev.darkroom.compression.context.FastCoder;
import dev.darkroom.compression.flow.FlowCoder;
import dev.darkroom.compression.flow.FlowModel;
import dev.darkroom.compression.plain.PlainCoder;
import java.util.List;

/** The coders that this release brings, loaded once. */
public final class InstalledCoders {
  private static final StreamCoders ALL =
      StreamCoders.of(
          List.of(new PlainCoder(), new FastCoder(), new FlowCoder(FlowModel.installed())));

  private InstalledCoders() {}

  /** The plain coder and those of all profiles. */
  public static StreamCoders all() {
    return ALL;
  }
}
