package ballot.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What each package uses, as the compiled classes of every module say it. */
class PackageArrowsTest {

  private static final String ANNOTATIONS = "org.jspecify.annotations";

  private static final JavaClasses BALLOT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("ballot");

  /** Also as arrays, which reside in no package. */
  private static final DescribedPredicate<JavaClass> PRIMITIVE =
      describe("are primitive", type -> type.getBaseComponentType().isPrimitive());

  @Test
  void all_packages_are_seen() {
    assertThat(BALLOT.stream().map(type -> type.getPackageName()).distinct())
        .contains(
            "ballot.api",
            "ballot.engine",
            "ballot.engine.core",
            "ballot.testkit",
            "ballot.local",
            "ballot.consul",
            "ballot.exec",
            "ballot.schedule",
            "ballot.cli");
  }

  @Test
  void the_api_needs_java_and_annotations_only() {
    uses("ballot.api..", "java..");
  }

  @Test
  void the_core_computes_and_does_nothing_else() {
    uses("ballot.engine.core..", "ballot.api..", "java.lang..", "java.util..", "java.time..");
    noClasses()
        .that()
        .resideInAPackage("ballot.engine.core..")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.util.concurrent..")
        .because("time is passed in, and waiting is for the driver")
        .check(BALLOT);
  }

  @Test
  void the_agenda_computes_and_does_nothing_else() {
    uses(
        "ballot.engine.agenda..",
        "ballot.engine.core..",
        "ballot.api..",
        "java.lang..",
        "java.util..",
        "java.time..");
    noClasses()
        .that()
        .resideInAPackage("ballot.engine.agenda..")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .because("time is passed in, and waiting is for the driver")
        .check(BALLOT);
  }

  @Test
  void the_engine_knows_no_backend_and_no_command_line() {
    uses("ballot.engine..", "ballot.api..", "java..");
  }

  @Test
  void schedules_use_the_grammar_of_cron_utils_and_nothing_else_of_it() {
    uses(
        "ballot.schedule..",
        "ballot.api..",
        "java..",
        "com.cronutils.parser..",
        "com.cronutils.model.field..");
  }

  @Test
  void child_processes_are_started_without_knowing_of_elections() {
    uses("ballot.exec", "ballot.api..", "java..", "sun.misc");
  }

  @Test
  void hooks_use_what_starts_processes_and_a_library_for_each_kind() {
    uses(
        "ballot.exec.hooks..",
        "ballot.exec",
        "ballot.api..",
        "java..",
        "javax.net..",
        "org.zeroturnaround..",
        "org.apache.http..",
        "com.fasterxml.jackson.core..");
  }

  @Test
  void the_local_backend_needs_java_and_the_api_only() {
    uses("ballot.local..", "ballot.api..", "java..");
  }

  @Test
  void the_consul_backend_needs_its_client_and_the_api_only() {
    uses(
        "ballot.consul..",
        "ballot.api..",
        "java..",
        "javax.crypto..",
        "javax.net..",
        "jdk.net..",
        "com.ecwid.consul..",
        "com.google.gson..",
        "org.apache.http..",
        "org.apache.commons.logging..");
  }

  @Test
  void nobody_uses_a_plugin() {
    for (String plugin : ModulePom.plugins()) {
      String packages = plugin.replace('-', '.') + "..";
      noClasses()
          .that()
          .resideOutsideOfPackage(packages)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(packages)
          .check(BALLOT);
    }
  }

  @Test
  void only_the_command_line_and_tests_print_or_end_the_process() {
    noClasses()
        .that()
        .resideOutsideOfPackages("ballot.cli..", "ballot.testkit..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(BALLOT);
  }

  private static void uses(String packages, String... allowed) {
    classes()
        .that()
        .resideInAPackage(packages)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed).or(resideInAnyPackage(packages, ANNOTATIONS)).or(PRIMITIVE))
        .check(BALLOT);
  }
}
