/**
 * The entropy coder: a stack of bits with a uniform coder and a rANS coder on one shared state.
 *
 * <p>Both coders push what they encode and pop what they decode, so a decode undoes the latest
 * encode whichever of the two wrote it, and decoding <em>during encoding</em> (bits-back) is an
 * ordinary operation. Only integer arithmetic is allowed in here, and nothing that knows of images,
 * networks or probability models: callers bring ranges, starts and frequencies.
 *
 * <h2>State</h2>
 *
 * A {@link dev.darkroom.compression.entropy.BitStack} is a head {@code c} in [2^31, 2^63) above a
 * stack of 32-bit words. Encoding multiplies the head and moves its low word to the stack when it
 * would reach 2^63; decoding divides and takes a word back when the head would fall below 2^31.
 * Every operation restores the interval at once, so that operations of different ranges and of both
 * coders mix freely and each is the exact inverse of its counterpart.
 *
 * @see <a href="https://arxiv.org/abs/1311.2540">Duda: Asymmetric numeral systems</a>
 * @see <a href="https://arxiv.org/abs/2111.00965">Zhang et al.: iFlow, Numerically Invertible Flows
 *     for Efficient Lossless Compression via a Uniform Coder</a>
 */
package dev.darkroom.compression.entropy;
