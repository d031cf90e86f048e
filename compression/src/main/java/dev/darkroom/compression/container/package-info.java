/**
 * The container: one or many coded images in one self-describing, checked block of bytes, with
 * random access to each.
 *
 * <p>{@link dev.darkroom.compression.container.ContainerFormat} documents the layout byte by byte.
 * How pixels become a stream is the business of a {@link
 * dev.darkroom.compression.container.StreamCoder}; no modelling or entropy coding may come in here,
 * and nothing about files or file formats.
 */
package dev.darkroom.compression.container;
