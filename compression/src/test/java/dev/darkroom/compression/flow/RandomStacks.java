package dev.darkroom.compression.flow;

import dev.darkroom.compression.entropy.BitStack;
import dev.darkroom.compression.entropy.UniformCoder;
import java.util.SplittableRandom;

/** Stacks with something on them. */
final class RandomStacks {
  private RandomStacks() {}

  static BitStack of(SplittableRandom random) {
    BitStack stack = BitStack.forEncoding();
    UniformCoder coder = new UniformCoder(stack);
    int symbols = random.nextInt(200);
    for (int i = 0; i < symbols; i++) {
      coder.encode(random.nextInt(1_000_003), 1_000_003);
    }
    return stack;
  }
}
