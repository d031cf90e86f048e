package dev.darkroom.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
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
  void theCodecKnowsNeitherSparkNorTheJobs() {
    noClasses()
        .that()
        .resideInAPackage("dev.darkroom.compression..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.spark..",
            "org.apache.hadoop..",
            "io.delta..",
            "scala..",
            "ai.djl..",
            "dev.darkroom.jobs..")
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
