package dev.darkroom.compression.context;

/**
 * Learns the next sample of a plane: from the image when encoding, from the stream when decoding.
 */
interface SampleCoder {
  /**
   * Codes one sample. Samples of a wavefront come from its first row to its last.
   *
   * @param lane where its distribution's parameters are in the wavefront's arrays
   * @return the sample, 0 to 255
   */
  int code(int x, int y, int lane);
}
