package dev.darkroom.compression.flow;

import java.lang.management.ManagementFactory;

/** The processor time of the current thread, which other programs on the machine don't lengthen. */
final class CpuClock {
  private CpuClock() {}

  static long nanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
