package dev.darkroom.compression.archive;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.CodecException.Kind;

/** The difference between bytes and a prediction of them: small where the prediction is good. */
final class XorPatch {
  private XorPatch() {}

  /** The patch that turns a prediction into bytes of the same length. */
  static byte[] between(byte[] bytes, byte[] prediction) {
    byte[] difference = prediction.clone();
    xor(difference, bytes);
    return ZstdFrame.compress(difference);
  }

  /** Turns the prediction, in place, into what the patch was made for. */
  static void apply(byte[] prediction, byte[] patch) throws CodecException {
    byte[] difference = ZstdFrame.decompress(patch, prediction.length);
    if (difference.length != prediction.length) {
      throw new CodecException(
          Kind.CORRUPT, "a patch does not fit what it is for; restore it from another copy");
    }
    xor(prediction, difference);
  }

  /** Changes the first bytes of a target by a difference, which may be shorter. */
  static void xor(byte[] target, byte[] difference) {
    for (int i = 0; i < difference.length; i++) {
      target[i] ^= difference[i];
    }
  }
}
