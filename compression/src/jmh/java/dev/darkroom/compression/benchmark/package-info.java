/** Reports over the benchmarks of several packages. */
package dev.darkroom.compression.benchmark;
