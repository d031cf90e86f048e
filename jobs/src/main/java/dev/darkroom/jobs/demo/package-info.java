/**
 * The job {@code demo}: draws images, runs the other jobs on them and compares.
 *
 * <p>It uses the jobs as any program would; nothing that they need may live here.
 */
package dev.darkroom.jobs.demo;
