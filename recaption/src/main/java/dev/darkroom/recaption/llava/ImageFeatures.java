package dev.darkroom.recaption.llava;

import java.nio.FloatBuffer;

/**
 * What a vision encoder makes of a batch of images.
 *
 * @param values {@code batch x length x width} floats
 * @param length features of one image: how often its prompt repeats the image token
 * @param width of one feature, that of an embedding
 */
record ImageFeatures(FloatBuffer values, int length, int width) {
  /** The features of one image, {@code length x width} floats. */
  FloatBuffer of(int image) {
    return values.slice(image * length * width, length * width);
  }
}
