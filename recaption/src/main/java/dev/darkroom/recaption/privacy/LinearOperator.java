package dev.darkroom.recaption.privacy;

/** A matrix that is known by what it does to vectors. */
interface LinearOperator {
  /** How many columns there are. */
  int columns();

  /** Adds the matrix times x to y. */
  void addProduct(double[] x, double[] y);

  /** Adds the transposed matrix times y to x. */
  void addTransposedProduct(double[] y, double[] x);
}
