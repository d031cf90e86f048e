package dev.darkroom.compression.flow;

/** A value of a flow tensor that would leave the range of 32-bit integers. */
public final class FixedPointRangeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FixedPointRangeException(long value) {
    super(
        "a flow's value became "
            + value
            + ", beyond 32 bits: the data lies far outside what the flow was made for");
  }

  /** The value as an int. */
  static int require(long value) {
    if ((int) value != value) {
      throw new FixedPointRangeException(value);
    }
    return (int) value;
  }
}
