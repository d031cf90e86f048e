package dev.darkroom.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may import whom. */
class ModuleRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.darkroom");

  @Test
  void theCodecKnowsNeitherSparkNorModels() {
    noClasses()
        .that()
        .resideInAPackage("dev.darkroom.compression..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.spark..", "org.apache.hadoop..", "io.delta..", "scala..", "ai..")
        .check(CLASSES);
  }

  @Test
  void modulesKnowOnlyThoseBelow() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("compression")
        .definedBy("dev.darkroom.compression..")
        .layer("models")
        .definedBy("dev.darkroom.models..")
        .layer("recaption")
        .definedBy("dev.darkroom.recaption..")
        .layer("generation")
        .definedBy("dev.darkroom.generation..")
        .layer("udfs")
        .definedBy("dev.darkroom.udfs..")
        .layer("jobs")
        .definedBy("dev.darkroom.jobs..")
        .whereLayer("compression")
        .mayNotAccessAnyLayer()
        .whereLayer("models")
        .mayNotAccessAnyLayer()
        .whereLayer("recaption")
        .mayOnlyAccessLayers("models")
        .whereLayer("generation")
        .mayOnlyAccessLayers("models")
        .whereLayer("udfs")
        .mayOnlyAccessLayers("compression", "models", "recaption", "generation")
        .check(CLASSES);
  }

  @Test
  void modelsKnowNeitherSparkNorTables() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.darkroom.models..", "dev.darkroom.recaption..", "dev.darkroom.generation..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "io.delta..", "scala..")
        .check(CLASSES);
  }

  @Test
  void jobsKnowNothingOfTheCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("dev.darkroom.jobs..")
        .and()
        .resideOutsideOfPackages("dev.darkroom.jobs.cli..", "dev.darkroom.jobs")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.darkroom.jobs.cli..", "picocli..")
        .check(CLASSES);
  }

  @Test
  void packagesOfTheJobsHaveNoCycles() {
    slices().matching("dev.darkroom.jobs.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
