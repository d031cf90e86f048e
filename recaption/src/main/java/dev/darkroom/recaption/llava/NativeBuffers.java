package dev.darkroom.recaption.llava;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/** Memory outside the heap, which ONNX Runtime uses where it is. */
final class NativeBuffers {
  private NativeBuffers() {}

  static ByteBuffer bytes(long count) {
    return ByteBuffer.allocateDirect(Math.toIntExact(count)).order(ByteOrder.nativeOrder());
  }

  static FloatBuffer floats(long count) {
    return bytes(Math.multiplyExact(count, Float.BYTES)).asFloatBuffer();
  }

  static LongBuffer longs(long count) {
    return bytes(Math.multiplyExact(count, Long.BYTES)).asLongBuffer();
  }
}
