package org.obverse.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.GradientCollector;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.event.RunListener;
import org.obverse.api.plugin.Plugin;

/** The structure of the house, each rule with its reason. The command line is the one module that sees all others. */
final class HouseRulesTest {
    private static final String API = "org.obverse.api..";
    private static final String ENGINE = "org.obverse.engine..";
    private static final String CLI = "org.obverse.cli..";
    private static final String TESTKIT = "org.obverse.testkit..";
    private static final String PLUGINS = "org.obverse.plugins..";
    /** A listener and places, each in several classes: they compute nothing and have threads that the run does not wait for. */
    private static final DescribedPredicate<JavaClass> BESIDE_THE_RUN = resideInAnyPackage(
            "org.obverse.plugins.mlflow..",
            "org.obverse.plugins.processes..",
            "org.obverse.plugins.slurm..",
            "org.obverse.plugins.spark..");

    private static final Path ENGINE_SOURCES = Path.of("../engine/src/main/java/org/obverse/engine");
    private static final String[] LIBRARIES = {
        "org.obverse.gans..",
        "org.obverse.inversion..",
        "org.obverse.networks..",
        "org.obverse.reference.random..",
        "org.obverse.toy2d.."
    };
    private static final DescribedPredicate<JavaClass> EXTENSION =
            resideInAPackage(PLUGINS).or(resideInAnyPackage(LIBRARIES)).as("plugins and the libraries that they share");

    private static JavaClasses house = new ClassFileImporter().importClasses();

    @BeforeAll
    static void read_all_modules() {
        house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.obverse");
    }

    /** So that no rule passes because nothing was looked at. */
    @Test
    void every_module_is_scanned() {
        Map.of(API, 60, ENGINE, 80, CLI, 20, PLUGINS, 90, TESTKIT, 40)
                .forEach((module, least) -> assertTrue(
                        count(resideInAPackage(module)) >= least,
                        () -> module + " has " + count(resideInAPackage(module)) + " classes"));
        for (String library : LIBRARIES) {
            assertTrue(count(resideInAPackage(library)) >= 5, library);
        }
        assertTrue(house.stream().allMatch(c -> inAModule().test(c)), "a package belongs to no module");
    }

    @Test
    void the_api_stands_on_few_things() {
        check(classes()
                .that()
                .resideInAPackage(API)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                API,
                                "java..",
                                "ai.djl..",
                                "org.jspecify.annotations..",
                                "com.fasterxml.jackson.annotation..")
                        .and(not(resideInAPackage("ai.djl.pytorch.."))))
                .because("each of its dependencies is shared with the class loader of every plugin"));
    }

    @Test
    void the_engine_knows_neither_plugins_nor_the_command_line() {
        check(noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat(EXTENSION.or(resideInAnyPackage(CLI, TESTKIT)))
                .because("everything that does machine learning is found as a plugin, ours included"));
    }

    @Test
    void plugins_see_the_api_and_the_libraries_that_they_share() {
        check(noClasses()
                .that(EXTENSION)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ENGINE, CLI, TESTKIT, "com.google.inject..", "com.google.common..", "ai.djl.pytorch..")
                .because(
                        "a plugin must run against any engine that keeps the API's promises, in its own class loader"));
    }

    @Test
    void rules_know_no_test_framework() {
        check(noClasses()
                .that()
                .resideInAPackage(TESTKIT)
                .and()
                .resideOutsideOfPackage("org.obverse.testkit.junit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .because("the command line checks plugins with the same rules, and has no test framework"));
    }

    @Test
    void no_plugin_needs_another_plugin() {
        slices().matching("org.obverse.plugins.(*)..")
                .should()
                .notDependOnEachOther()
                .because("each is a jar that can be left out; what several need is a library module")
                .check(house);
    }

    @Test
    void libraries_know_no_plugin_and_are_none() {
        check(noClasses()
                .that()
                .resideInAnyPackage(LIBRARIES)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(PLUGINS)
                .orShould()
                .beAssignableTo(Plugin.class)
                .because("a library with a plugin in it would contribute components to everyone who shares it"));
    }

    @Test
    void one_package_touches_the_native_engine() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("org.obverse.engine.torch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl.pytorch..")
                .because("what DJL really does is known, measured and tested in one place"));
    }

    @Test
    void the_event_bus_has_one_owner() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("org.obverse.engine.drive..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.common.eventbus..")
                .because("its promises (one thread, no nesting, no lost error) hold only behind the event spine"));
    }

    @Test
    void what_drives_a_graph_knows_neither_tensors_nor_plans_nor_kinds_of_units() {
        check(noClasses()
                .that()
                .resideInAnyPackage("org.obverse.engine.graph..", "org.obverse.engine.drive..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "ai.djl..",
                        "org.obverse.engine.blueprint..",
                        "org.obverse.engine.plan..",
                        "org.obverse.engine.product..",
                        "org.obverse.engine.unit..")
                .because("a new kind of unit, another place or another family of attacks must not change the driver"));
    }

    @Test
    void the_engines_packages_are_layers() {
        slices().matching("org.obverse.engine.(*)..")
                .should()
                .beFreeOfCycles()
                .because(
                        "what depends on each other in a circle is one package, and can be read and changed only whole")
                .check(house);
    }

    @Test
    void the_packages_of_a_run_are_read_in_one_sitting() throws IOException {
        for (String name : List.of("graph", "drive", "lend", "product", "unit", "blueprint", "study")) {
            Map<String, Integer> lines = new TreeMap<>();
            try (Stream<Path> files = Files.list(ENGINE_SOURCES.resolve(name))) {
                for (Path file : files.filter(source -> source.toString().endsWith(".java"))
                        .toList()) {
                    lines.put(
                            String.valueOf(file.getFileName()),
                            Files.readAllLines(file).size());
                }
            }
            assertTrue(lines.containsKey("package-info.java"), name + " is not among the sources");
            lines.remove("package-info.java");
            assertTrue(lines.size() < 20, () -> name + " has " + lines.size() + " types: it is several things");
            lines.values().removeIf(length -> length <= 250);
            assertEquals(Map.of(), lines, name + ": a class of more than 250 lines does more than one thing");
        }
    }

    @Test
    void the_programs_own_display_is_a_listener_like_any_other() {
        check(classes()
                .that()
                .resideInAPackage("org.obverse.cli.progress..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "org.obverse.cli.progress..",
                        "org.obverse.api.event..",
                        "java..",
                        "org.jspecify.annotations.."))
                .because("what it shows, a listener in a jar can show: both hear typed facts and have no other door"));
    }

    @Test
    void derivatives_come_from_the_functional_door() {
        check(noClasses()
                .that(EXTENSION)
                .should()
                .dependOnClassesThat(belongToAnyOf(GradientCollector.class, Engine.class))
                .because("collectors accumulate in .grad, know one thread and give no second derivatives"));
    }

    @Test
    void draws_come_from_random_streams() {
        DescribedPredicate<JavaMethodCall> drawsFromDjl = describe(
                "a random operator of DJL",
                call -> call.getTargetOwner().getPackageName().startsWith("ai.djl")
                        && call.getName()
                                .matches("random\\w*|truncatedNormal|sample\\w*|dropout|setRandomSeed|shuffle\\w*"));
        check(noClasses()
                .that(EXTENSION.or(resideInAPackage(API)))
                .should(callMethodWhere(drawsFromDjl))
                .orShould()
                .dependOnClassesThat(belongToAnyOf(
                        Dropout.class,
                        Random.class,
                        SecureRandom.class,
                        SplittableRandom.class,
                        ThreadLocalRandom.class,
                        UUID.class))
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(StrictMath.class, "random")
                .because("a draw must depend on its seed and path alone, not on batches, workers or other draws"));
    }

    @Test
    void the_engine_draws_from_its_own_streams_too() {
        check(noClasses()
                .that()
                .resideInAnyPackage(ENGINE, CLI)
                .should()
                .dependOnClassesThat(
                        belongToAnyOf(Random.class, SplittableRandom.class, ThreadLocalRandom.class, UUID.class))
                .orShould()
                .callMethod(Math.class, "random")
                .because("the same plan gives the same bytes"));
    }

    @Test
    void plugins_that_compute_have_no_threads() {
        check(
                noClasses()
                        .that(EXTENSION.and(not(BESIDE_THE_RUN)))
                        .should()
                        .dependOnClassesThat(assignableTo(Thread.class)
                                .or(resideInAnyPackage("java.util.concurrent", "java.util.concurrent.locks")))
                        .because(
                                "the engine decides what runs where; a strange thread records gradients and ignores cancellation"));
    }

    /** A listener shows or tracks a run, a place waits for others: neither has a way into artifacts, so they may know how long something takes. */
    @Test
    void plugins_and_artifacts_know_no_clock() {
        check(noClasses()
                .that(EXTENSION
                        .and(not(assignableTo(RunListener.class).or(BESIDE_THE_RUN)))
                        .or(resideInAnyPackage(API, ENGINE)))
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .dependOnClassesThat(belongToAnyOf(Clock.class, Instant.class))
                .because("no wall-clock value may enter an artifact or a journal"));
    }

    @Test
    void memory_comes_from_the_managers_that_are_given() {
        check(noClasses()
                .that(EXTENSION)
                .should()
                .callMethod(NDManager.class, "newBaseManager")
                .because("what hangs on a base manager is never released"));
    }

    @Test
    void only_the_command_line_speaks_to_the_user() {
        DescribedPredicate<JavaAccess<?>> stream = describe(
                "the standard streams",
                access -> access.getTargetOwner().isEquivalentTo(System.class)
                        && Set.of("out", "err").contains(access.getName()));
        check(noClasses()
                .that(resideInAPackage("org.obverse..").and(not(resideInAPackage(CLI))))
                .should()
                .accessTargetWhere(stream)
                .because("a library that prints cannot be tested, piped or silenced"));
    }

    @Test
    void nothing_static_changes() {
        check(fields().that()
                .areStatic()
                .and(not(describe(
                        "made by the compiler", field -> field.getName().startsWith("$"))))
                .should()
                .beFinal()
                .because("what is static and changes couples runs, tests and threads"));
        check(fields().that()
                .areStatic()
                .should()
                .notHaveRawType(resideInAnyPackage("java.util.concurrent.atomic")
                        .or(assignableTo(ThreadLocal.class))
                        .or(describe("a collection that can grow", HouseRulesTest::isGrowing)))
                .because("a final field that holds something which changes is the same thing in disguise"));
    }

    @Test
    void names_are_nouns_of_the_field() {
        check(noClasses()
                .that()
                .arePublic()
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Misc|Abstract\\w*)")
                .because("such a name says nothing about what the type is"));
    }

    @Test
    void every_package_says_what_belongs_into_it_and_knows_no_null() {
        Set<String> silent = new TreeSet<>();
        for (String name :
                house.stream().map(JavaClass::getPackageName).distinct().toList()) {
            JavaPackage member = house.getPackage(name);
            boolean marked = member.tryGetPackageInfo()
                    .filter(info -> info.isAnnotatedWith(NullMarked.class))
                    .isPresent();
            if (!marked) {
                silent.add(name);
            }
        }
        assertEquals(
                Set.of(), silent, "each package has a package-info.java with @NullMarked: no null crosses a boundary");
    }

    private static void check(ArchRule rule) {
        rule.check(house);
    }

    private static long count(DescribedPredicate<JavaClass> module) {
        return house.stream().filter(module).count();
    }

    private static DescribedPredicate<JavaClass> inAModule() {
        return EXTENSION.or(resideInAnyPackage(API, ENGINE, CLI, TESTKIT));
    }

    private static boolean isGrowing(JavaClass type) {
        return (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class))
                && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                && !List.of("java.util.EnumSet").contains(type.getName());
    }
}
