/** Every job on a real cluster of processes, submitted as a user would: {@code bin/cluster}. */
package dev.darkroom.jobs.cluster;
