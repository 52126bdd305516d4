package org.obverse.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.obverse.api.plugin.ApiVersion;

/** What plugins were built against changes with the version, or not at all. */
final class ApiSurfaceTest {
    private static final Path RECORDED = Path.of("api-surface.txt");

    @Test
    void the_surface_changes_with_the_version_or_not_at_all() throws IOException {
        List<String> now = ApiSurface.lines();
        List<String> recorded = Files.exists(RECORDED) ? Files.readAllLines(RECORDED) : List.of("");
        boolean dated = recorded.get(0).equals(ApiSurface.header());
        if ("update".equals(System.getProperty("api.surface")) && !dated) {
            Files.write(RECORDED, now);
            return;
        }
        List<String> differences = new ArrayList<>(lacking(now, recorded, "\n- "));
        differences.addAll(lacking(recorded, now, "\n+ "));
        if (!differences.isEmpty()) {
            fail("the API is not that of api/api-surface.txt, " + recorded.get(0) + ":" + String.join("", differences)
                    + "\nPut it back; or change ApiVersion.CURRENT (from 1.0 on major if anything is gone or differs, minor if"
                    + " something was added) and obverse.api in the root pom.xml, and write the file with"
                    + " mvn -f api/pom.xml test -Dapi.surface=update");
        }
        assertEquals(recorded, now);
    }

    private static List<String> lacking(List<String> lines, List<String> wanted, String mark) {
        List<String> lacking = named(wanted);
        lacking.removeAll(named(lines));
        return lacking.stream().map(line -> mark + line).toList();
    }

    /** Members with their type, so that a difference says whose it is. */
    private static List<String> named(List<String> lines) {
        List<String> named = new ArrayList<>();
        String type = "";
        for (String line : lines) {
            boolean member = line.startsWith(" ");
            type = member ? type : line;
            named.add(
                    member
                            ? type.replaceFirst("[<( ]*(extends|implements|permits).*", "") + " { " + line.strip()
                                    + " }"
                            : line);
        }
        return named;
    }

    @Test
    void the_build_writes_this_version_into_manifests() throws IOException {
        String pom = Files.readString(Path.of("../pom.xml"));

        assertTrue(pom.contains("<obverse.api>" + ApiVersion.CURRENT + "</obverse.api>"), "obverse.api of pom.xml");
    }

    @Test
    void a_plugin_with_a_version_of_its_own_still_finds_the_api() throws IOException {
        String pom = Files.readString(Path.of("../pom.xml"));
        Matcher own = Pattern.compile("<artifactId>obverse</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(pom);

        assertTrue(own.find(), "the version of pom.xml");
        assertTrue(
                pom.contains("<obverse.version>" + own.group(1) + "</obverse.version>"), "obverse.version of pom.xml");
        assertFalse(
                Files.readString(Path.of("../plugins/example/pom.xml")).contains("${project.version}"),
                "in a copy that is the plugin's own");
        assertTrue(
                Files.readString(Path.of("bom/pom.xml"))
                        .contains("<artifactId>obverse-bom</artifactId>\n  <version>" + own.group(1) + "</version>"),
                "the version of api/bom/pom.xml");
    }

    @Test
    void the_bom_manages_what_plugins_are_written_with_and_no_plugin() throws IOException {
        Set<String> expected = new TreeSet<>(Set.of("obverse-api", "obverse-engine", "obverse-testkit"));
        try (Stream<Path> modules = Files.list(Path.of("../plugins"))) {
            modules.filter(module -> Files.exists(module.resolve("pom.xml")))
                    .filter(module -> !Files.exists(
                            module.resolve("src/main/resources/META-INF/services/org.obverse.api.plugin.Plugin")))
                    .forEach(module -> expected.add("obverse-" + module.getFileName()));
        }
        Set<String> managed = new TreeSet<>();
        Matcher artifact = Pattern.compile(
                        "<artifactId>(obverse-[^<]+)</artifactId>\\s*<version>\\$\\{project.version}<")
                .matcher(Files.readString(Path.of("bom/pom.xml")));
        while (artifact.find()) {
            managed.add(artifact.group(1));
        }

        assertEquals(expected, managed);
    }

    @Test
    void a_plugin_runs_with_the_same_major_version_and_a_minor_that_is_no_earlier_than_its_own() {
        ApiVersion engine = new ApiVersion(2, 3);

        assertTrue(engine.admits(new ApiVersion(2, 3)));
        assertTrue(engine.admits(new ApiVersion(2, 0)));
        assertFalse(engine.admits(new ApiVersion(2, 4)));
        assertFalse(engine.admits(new ApiVersion(1, 9)));
        assertFalse(engine.admits(new ApiVersion(3, 0)));
    }

    @Test
    void before_1_0_a_plugin_runs_with_the_version_that_it_was_built_against() {
        ApiVersion engine = new ApiVersion(0, 3);

        assertTrue(engine.admits(new ApiVersion(0, 3)));
        assertFalse(engine.admits(new ApiVersion(0, 2)));
        assertFalse(engine.admits(new ApiVersion(0, 4)));
    }

    @Test
    void a_version_is_two_numbers_around_a_dot() {
        assertEquals(new ApiVersion(1, 12), ApiVersion.of("1.12"));
        for (String text : new String[] {"", "1", "1.", "1.0.0", "-1.0", "one", "1.99999999999"}) {
            assertThrows(IllegalArgumentException.class, () -> ApiVersion.of(text), text);
        }
    }
}
