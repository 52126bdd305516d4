package org.obverse.testkit.rule;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.obverse.api.event.RunListener;

/**
 * What a plugin's own classes must not use, found in their bytecode. A listener shows or tracks a run and has no way into its
 * artifacts: it may read a clock.
 */
final class ForbiddenCode {
    private static final Set<String> TYPES = Set.of(
            "java.lang.Thread",
            "java.util.Timer",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.security.SecureRandom",
            "java.util.UUID",
            "ai.djl.engine.Engine",
            "ai.djl.training.GradientCollector",
            "ai.djl.nn.norm.Dropout");
    private static final List<String> PACKAGES = List.of(
            "java.util.concurrent.",
            "java.util.random.",
            "ai.djl.pytorch.",
            "org.obverse.engine.",
            "com.google.inject.");
    /** Of the package of executors; what only holds a value is harmless. */
    private static final List<String> HARMLESS = List.of("java.util.concurrent.atomic.");

    private static final Set<String> CALLS = Set.of(
            "java.lang.Math.random",
            "java.lang.StrictMath.random",
            "java.util.Collections.shuffle",
            "java.util.Collection.parallelStream",
            "java.util.stream.BaseStream.parallel",
            "ai.djl.ndarray.NDManager.newBaseManager");
    private static final Set<String> CLOCKS = Set.of("java.lang.System.currentTimeMillis", "java.lang.System.nanoTime");
    private static final String TIMES = "java\\.time\\.(Clock|Instant|(Local|Zoned|Offset)Date(Time)?|LocalTime)";
    private static final String DRAWS = "random\\w*|truncatedNormal|sampleMultinomial|sampleNormal|dropout";

    private final JavaClasses classes;

    private ForbiddenCode(JavaClasses classes) {
        this.classes = classes;
    }

    /** Of the jar or folder that the plugin's class was loaded from; libraries beside it are not looked into. */
    static ForbiddenCode of(Subject<?> subject) {
        return subject.bench()
                .once(
                        ForbiddenCode.class,
                        () -> new ForbiddenCode(
                                classes(subject.contribution().plugin().source())));
    }

    private static JavaClasses classes(Path source) {
        if (Files.isDirectory(source)) {
            return new ClassFileImporter().importPath(source);
        }
        try (JarFile jar = new JarFile(source.toFile())) {
            return new ClassFileImporter().importJar(jar);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + source, e);
        }
    }

    void check() {
        BrokenRule.unless(!classes.isEmpty(), "no class was found where the plugin comes from");
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            found.addAll(in(type));
        }
        BrokenRule.unless(found.isEmpty(), "%s", String.join("; ", found));
    }

    private static List<String> in(JavaClass type) {
        List<String> found = new ArrayList<>();
        boolean timed = type.isAssignableTo(RunListener.class);
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            String used = dependency.getTargetClass().getName();
            boolean harmless = HARMLESS.stream().anyMatch(used::startsWith);
            if (TYPES.contains(used) || (!harmless && PACKAGES.stream().anyMatch(used::startsWith))) {
                found.add(type.getName() + " uses " + used);
            }
            if (!timed && used.matches(TIMES)) {
                found.add(type.getName() + " uses " + used);
            }
        }
        for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
            String owner = call.getTargetOwner().getName();
            boolean draws = owner.startsWith("ai.djl.") && call.getName().matches(DRAWS);
            boolean parallel = call.getName().matches("parallelStream|parallel") && owner.startsWith("java.util.");
            boolean reads = !timed && CLOCKS.contains(owner + "." + call.getName());
            if (draws || parallel || reads || CALLS.contains(owner + "." + call.getName())) {
                found.add(type.getName() + " calls " + owner + "." + call.getName());
            }
        }
        return found;
    }
}
