package dev.darkroom.generation;

/**
 * The shape of one latent.
 *
 * @param channels of the latent
 * @param height of the latent
 * @param width of the latent
 * @param pixels of the image along a side of one value
 */
record LatentShape(int channels, int height, int width, int pixels) {
  int size() {
    return channels * height * width;
  }

  int imageHeight() {
    return height * pixels;
  }

  int imageWidth() {
    return width * pixels;
  }
}
