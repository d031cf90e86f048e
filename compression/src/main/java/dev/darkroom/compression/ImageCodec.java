package dev.darkroom.compression;

/**
 * A lossless image codec: {@code decode(encode(image)).equals(image)} for every image. Thread-safe.
 */
public interface ImageCodec {
  /**
   * Compresses one image into a self-describing payload.
   *
   * @param image the pixels, of any size, channel count and bit depth that {@link RasterImage}
   *     allows
   * @return a container that {@link #decode} turns back into an equal image
   */
  byte[] encode(RasterImage image);

  /**
   * Restores the image of a payload and checks it against the hash stored with it.
   *
   * @param payload a container with one image, as {@link #encode} returns it
   * @return the image, equal to the encoded one
   * @throws CodecException where the payload is damaged, or needs another version or model
   */
  RasterImage decode(byte[] payload) throws CodecException;
}
