/**
 * Normalizing flows in integers: any flow that is described by data, coded without loss.
 *
 * <p>A {@link dev.darkroom.compression.flow.Flow} is a chain of {@link
 * dev.darkroom.compression.flow.FlowLayer}s over tensors of fixed-point numbers with {@value
 * dev.darkroom.compression.flow.FixedPoint#FRACTION_BITS} fractional bits. Each layer maps integers
 * to integers with the help of a stack of bits: where a real function would be scaled or bent, the
 * layer takes bits off the stack and puts others on, so that the integer map is a bijection of
 * (tensor, stack) to (tensor, stack) and the stack grows by just the logarithm of the real
 * function's determinant. Decoding runs the inverse layers from last to first and puts back, bit by
 * bit, what encoding took.
 *
 * <p>What reaches the coder must be the same on every machine: network outputs come from {@code
 * network}, all else is integer arithmetic or a table built by {@link java.lang.StrictMath}. No
 * {@code Math.exp} and no other library may come in. Each layer has a real-valued counterpart
 * ({@link dev.darkroom.compression.flow.FlowLayer#transform}) that is only for measuring.
 *
 * @see <a href="https://arxiv.org/abs/2111.00965">Zhang et al.: iFlow, Numerically Invertible Flows
 *     for Efficient Lossless Compression via a Uniform Coder</a>
 */
package dev.darkroom.compression.flow;
