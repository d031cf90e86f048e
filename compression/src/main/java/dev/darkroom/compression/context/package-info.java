/**
 * The {@code fast} profile: causal prediction of one pixel after the other, many at a time.
 *
 * <p>Colour planes are coded one after another (green, red, blue). Within a plane, each pixel is
 * predicted by two recursive weighted least-squares regressions over its coded neighbours (after B.
 * Meyer and P. Tischer, "GLICBAWLS", DCC 2001), and a small network turns the predictions, their
 * recent errors and the neighbourhood into a mixture of logistic distributions (after Salimans et
 * al., "PixelCNN++", ICLR 2017), by which rANS codes the pixel. Pixels on a diagonal wavefront
 * depend only on earlier wavefronts, so the lanes of a vector run over the rows of one wavefront.
 *
 * <p>Every value that reaches the coder is float32 arithmetic in one fixed order per pixel: no
 * reduction across lanes, no library function that rounds differently elsewhere. What may not come
 * in: Spark, image files, anything that is random or depends on time or threads.
 */
package dev.darkroom.compression.context;
