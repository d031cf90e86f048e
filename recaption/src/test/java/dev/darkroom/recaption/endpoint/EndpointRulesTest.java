package dev.darkroom.recaption.endpoint;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class EndpointRulesTest {
  @Test
  void knowsNoModelsOfThisJvm() {
    noClasses()
        .that()
        .resideInAPackage("dev.darkroom.recaption.endpoint..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.darkroom.recaption.llava..",
            "dev.darkroom.recaption.decoding..",
            "dev.darkroom.models.onnx..",
            "ai..")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.darkroom.recaption.endpoint"));
  }
}
