/**
 * A world of drawn scenes whose truth is known: what models are trained on and measured by.
 *
 * <p>A seed and an index give a scene, and a scene gives its pixels and every text about it, the
 * same on every machine. Nothing here depends on Spark except the job that writes scenes as a
 * table; no font, no file and no clock may come in, and no random generator but {@link
 * java.util.Random}, whose algorithm is specified.
 */
package dev.darkroom.jobs.scene;
