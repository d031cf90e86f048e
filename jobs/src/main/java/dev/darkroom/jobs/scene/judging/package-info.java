/**
 * What a text asks of a scene, what a picture shows of one, and how far the two agree.
 *
 * <p>Texts are read by a small grammar and pictures by comparing them with what the renderer draws,
 * so both are exact where the world's own texts and pictures come in, and say so where anything
 * else does. No model and no Spark may come in.
 */
package dev.darkroom.jobs.scene.judging;
