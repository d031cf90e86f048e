package dev.darkroom.jobs.recaption;

import dev.darkroom.compression.Sha256;
import dev.darkroom.models.ModelIdentity;
import dev.darkroom.recaption.PromptTemplate;
import dev.darkroom.udfs.caption.Decoding;
import dev.darkroom.udfs.caption.ImageSeed;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked about each image.
 *
 * <p>A question's key is the SHA-256 of the image's hash, the model's hash, the prompt as it is
 * asked and the parameters, and the seed where there are random choices: the same key is the same
 * question, in any run and wherever the image lies. An image whose bytes can't be had goes by its
 * path.
 *
 * @param prompts names and texts of the templates, in turn
 * @param samples answers to each prompt
 * @param seed what the seeds are drawn from
 * @param decoding how answers are decoded
 * @param modelHash the model that is asked
 */
record Questions(
    ArrayList<String> prompts, int samples, long seed, Decoding decoding, String modelHash)
    implements Serializable {

  static Questions of(RecaptionOptions options, ModelIdentity model) {
    ArrayList<String> prompts = new ArrayList<>();
    for (NamedPrompt prompt : options.prompts()) {
      prompts.add(prompt.name());
      prompts.add(prompt.template().text());
    }
    return new Questions(
        prompts, options.samples(), options.seed(), Decoding.of(options.decoding()), model.hash());
  }

  /** The questions about an image, each once: a prompt that falls back may be there already. */
  List<Question> about(String imageHash, Optional<String> rawCaption) {
    Map<String, Question> questions = new LinkedHashMap<>();
    for (int i = 0; i < prompts.size(); i += 2) {
      PromptTemplate.Prompt prompt = new PromptTemplate(prompts.get(i + 1)).render(rawCaption);
      for (int sample = 0; sample < samples; sample++) {
        long own = ImageSeed.of(seed, imageHash, prompt.text(), sample);
        String key = key(imageHash, prompt.text(), own);
        questions.putIfAbsent(
            key,
            new Question(key, prompts.get(i), prompt.text(), prompt.ungrounded(), sample, own));
      }
    }
    return List.copyOf(questions.values());
  }

  /** What stands for the hash of an image that can't be had. */
  static String withoutBytes(String path) {
    return "path:" + path;
  }

  private String key(String imageHash, String prompt, long own) {
    boolean random = decoding.temperature() > 0;
    String asked =
        String.join(
            "\n",
            "image " + imageHash,
            "model " + modelHash,
            "parameters " + decoding.toJson(),
            "seed " + (random ? own : "none"),
            "prompt " + prompt);
    return Sha256.of(asked.getBytes(StandardCharsets.UTF_8)).toHex();
  }
}
