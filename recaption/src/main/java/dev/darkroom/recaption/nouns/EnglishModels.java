package dev.darkroom.recaption.nouns;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import opennlp.tools.lemmatizer.LemmatizerModel;
import opennlp.tools.postag.POSModel;
import opennlp.tools.tokenize.TokenizerModel;

/** OpenNLP's own models, trained on the English Web Treebank, each loaded once when first used. */
final class EnglishModels {
  private EnglishModels() {}

  static TokenizerModel tokenizer() {
    return Tokens.MODEL;
  }

  static POSModel tags() {
    return Tags.MODEL;
  }

  static LemmatizerModel lemmas() {
    return Lemmas.MODEL;
  }

  private static <M> M load(String resource, Reader<M> reader) {
    try (InputStream in = EnglishModels.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "the class path lacks OpenNLP's model " + resource + "; the job jar holds it");
      }
      return reader.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("OpenNLP's model " + resource + " can't be read", e);
    }
  }

  private static final class Tokens {
    private static final TokenizerModel MODEL =
        load("/opennlp-en-ud-ewt-tokens-1.3-2.5.4.bin", TokenizerModel::new);
  }

  private static final class Tags {
    private static final POSModel MODEL =
        load("/opennlp-en-ud-ewt-pos-1.3-2.5.4.bin", POSModel::new);
  }

  private static final class Lemmas {
    private static final LemmatizerModel MODEL =
        load("/opennlp-en-ud-ewt-lemmas-1.3-2.5.4.bin", LemmatizerModel::new);
  }

  private interface Reader<M> {
    M read(InputStream in) throws IOException;
  }
}
