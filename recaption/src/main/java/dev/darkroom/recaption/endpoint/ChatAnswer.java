package dev.darkroom.recaption.endpoint;

import dev.darkroom.recaption.FinishReason;

/**
 * What a chat completion says.
 *
 * @param text as the model gave it
 * @param finishReason why it stopped
 * @param promptTokens of the prompt and the image; 0 where the endpoint does not say
 * @param completionTokens that were generated; 0 where the endpoint does not say
 */
record ChatAnswer(String text, FinishReason finishReason, int promptTokens, int completionTokens) {}
