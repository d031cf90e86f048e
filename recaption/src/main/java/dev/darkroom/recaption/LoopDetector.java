package dev.darkroom.recaption;

/**
 * Tells captions in which the model fell into a loop: the same words again and again.
 *
 * <p>A text loops where some block of characters stands there {@value #COPIES} times or more in a
 * row, and these copies together have {@value #LENGTH} characters or more. The last copy need not
 * be whole, as captions are often cut within it. Emphasis ("very, very, very") is too short to
 * count, and enumerations that differ in a word do not repeat a block.
 */
public final class LoopDetector {
  private static final int COPIES = 3;
  private static final int LENGTH = 60;

  /** Longer blocks than any sentence; keeps the work linear in the length of the text. */
  private static final int LONGEST_BLOCK = 1000;

  private LoopDetector() {}

  /** Whether a caption repeats itself. White space counts as one space, whatever it is. */
  public static boolean isLooping(String caption) {
    String text = caption.strip().replaceAll("\\s+", " ");
    int longest = Math.min(LONGEST_BLOCK, text.length() / 2);
    for (int block = 1; block <= longest; block++) {
      if (longestRun(text, block) >= Math.max(LENGTH, (COPIES - 1) * block + block / 2)) {
        return true;
      }
    }
    return false;
  }

  /** Characters of the longest stretch that equals itself moved by a block, the block included. */
  private static int longestRun(String text, int block) {
    int longest = 0;
    int equal = 0;
    for (int i = block; i < text.length(); i++) {
      equal = text.charAt(i) == text.charAt(i - block) ? equal + 1 : 0;
      longest = Math.max(longest, equal);
    }
    return longest == 0 ? 0 : longest + block;
  }
}
