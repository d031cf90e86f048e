/**
 * Image files in, exact samples out: PNG, BMP, TIFF, GIF, WebP and JPEG.
 *
 * <p>Samples are what the file stores: no colour management, no gamma, no EXIF orientation. Limits
 * hold before memory is taken, and a bad file is an {@link
 * dev.darkroom.compression.image.ImageDecodeException}, never anything else. Other formats of
 * images are recognised, so that it can say which one is not read. Nothing of the codec or its
 * container may come in here.
 *
 * <h2>Who decodes, and who checks it</h2>
 *
 * <p>PNG, BMP, GIF and TIFF are decoded by this project. WebP is decoded by libwebp, the reference
 * implementation: a decoder of our own or of others would have to be trusted with pixels that no
 * checksum guards, and those that were tried turned transparent pixels opaque. It is native code,
 * whose binding has builds for Linux with glibc (x86-64, ARM, POWER), macOS and Windows; elsewhere,
 * as on Alpine, WebP files are {@code UNSUPPORTED} and kept as they are. Lossless decoding is
 * defined bit by bit, and libwebp's lossy decoding gives the same samples on all processors.
 *
 * <p>A test holds each of them to libpng, libtiff, libwebp and Pillow over some 2,100 generated
 * files, sample by sample, and goldens hold a share of these without Python. JPEG is decoded by the
 * Java platform's libjpeg, which is libjpeg-turbo in Debian's builds and libjpeg 6b in others
 * (Temurin), whose samples differ by rounding, and for vertical subsampling alone by more; so no
 * sample of a JPEG ever reaches an archive, in a payload or as a hash. A damaged JPEG is told by
 * decoding it.
 */
package dev.darkroom.compression.image;
