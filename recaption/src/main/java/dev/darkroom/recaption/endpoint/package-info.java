/**
 * Captions from inference servers that speak OpenAI's protocol: vLLM, SGLang, llama.cpp and {@code
 * transformers serve}, elsewhere or launched and supervised here.
 *
 * <p>{@link dev.darkroom.recaption.endpoint.OpenAiCaptioner} asks a server that runs already;
 * {@link dev.darkroom.recaption.endpoint.InferenceServer} runs one; {@link
 * dev.darkroom.recaption.endpoint.ServerCaptioner} is both. What a network can do wrong is dealt
 * with here, so that a caller sees outcomes only.
 *
 * <p>Models that run in this JVM, tensors and Spark may not come in; nor may the value of an API
 * key come out.
 */
package dev.darkroom.recaption.endpoint;
