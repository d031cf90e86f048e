/**
 * The iFlow image codec: pixels in, a self-describing container out, and the same pixels back.
 *
 * <p>Pure Java: neither Spark nor DJL may come in here, so that an archive can be decoded by any
 * program on a JVM.
 */
package dev.darkroom.compression;
