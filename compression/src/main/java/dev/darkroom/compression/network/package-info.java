/**
 * Small convolutional networks that give the same bits on every machine.
 *
 * <p>An archive can be decoded only where the decoder's networks return exactly what the encoder's
 * returned. So every output is one chain of fused multiply-adds in single precision, in one fixed
 * order, whatever the machine and the width of its vectors: vector lanes run over pixels, never
 * over a sum. Fused multiply-add and maximum are exactly defined by IEEE 754; no other operation on
 * floats may come in here, least of all one of a numerical library. What the numbers mean, and how
 * they become integers, is the caller's affair.
 */
package dev.darkroom.compression.network;
