/**
 * Chat templates: the part of Jinja that checkpoints' templates use, rendered as transformers does.
 *
 * <p>Libraries that render Jinja in a JVM don't know what these templates rely on (string methods,
 * {@code generation} blocks, loop conditions) and leave it out in silence, or evaluate what users
 * write as if it were a template. A prompt that is subtly wrong gives captions that are subtly
 * worse, so here whatever is not known is an error, and text is only ever text. Nothing of models,
 * images or tokens may come in.
 */
package dev.darkroom.recaption.template;
