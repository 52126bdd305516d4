package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.math.Stats;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.engine.study.Manifest;

/**
 * What becomes of {@code testkit/src/test/resources/out-of-tree}, a Maven project of its own that this module's build has built
 * against the installed api and testkit.
 */
final class OutOfTreeIT {
    private static final Path BUILT = Path.of("target/stranger/out-of-tree/target/plugin");
    private static final String GUAVA = "/META-INF/maven/com.google.guava/guava/pom.properties";
    private static final String ITS_GUAVA = "31.1-jre";

    @TempDir
    private Path folder = Path.of("");

    private Path plugins = Path.of("");

    @BeforeEach
    void as_its_author_hands_it_over() throws IOException {
        plugins = folder.resolve("plugins");
        Path bundle = Files.createDirectories(plugins.resolve("contrast"));
        try (Stream<Path> jars = Files.list(BUILT)) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, bundle.resolve(jar.getFileName()));
            }
        }
    }

    @Test
    void it_brings_another_version_of_a_library_than_the_program() throws IOException {
        Properties ours = new Properties();
        try (InputStream file = Objects.requireNonNull(Stats.class.getResourceAsStream(GUAVA))) {
            ours.load(file);
        }

        assertTrue(Files.exists(plugins.resolve("contrast/guava-" + ITS_GUAVA + ".jar")));
        assertFalse(String.valueOf(ours.getProperty("version")).equals(ITS_GUAVA), ours.toString());
    }

    @Test
    void check_is_green() {
        Invocation check = Invocation.of("check", plugins.resolve("contrast"));

        assertEquals(0, check.code(), check.out() + check.err());
        assertTrue(check.out().contains("metric/contrast"), check.out());
        assertTrue(check.out().contains(" 0 broken"), check.out());
    }

    @Test
    void a_run_uses_it_with_its_own_library() throws IOException {
        Path plan = Invocation.tinyPlan(folder);
        Files.writeString(
                plan,
                Files.readString(plan).replace("attack-accuracy", "contrast").replaceFirst("(?m)^accept: .*\n", ""));
        Path runs = folder.resolve("runs");
        Invocation run = Invocation.of("run", plan, "--runs", runs, "--plugins", plugins);

        assertEquals(0, run.code(), run.out() + run.err());
        Path done = runs.resolve("tiny");
        assertTrue(Manifest.read(done).jars().containsKey("contrast"), "the manifest names its jars");
        String report = Files.readString(done.resolve("report.html"));
        assertTrue(report.contains("contrast by Guava " + ITS_GUAVA), "the plugin sees its own Guava");
    }
}
