package org.obverse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ImageIT {
    private static final Path IMAGE = Path.of(Objects.requireNonNull(System.getenv("IMAGE")));
    private static final Path LAUNCHER = IMAGE.resolve("bin/obverse");

    @TempDir
    private static Path folder = Path.of("");

    private static Start start(String... arguments) throws IOException, InterruptedException {
        return Start.of(LAUNCHER, folder, arguments);
    }

    @Test
    void libtorch_comes_with_it_and_is_unpacked_in_the_users_home() throws Exception {
        Start doctor = start("doctor");

        assertEquals(0, doctor.code(), doctor.text());
        assertTrue(doctor.text().contains("engine    libtorch 2.7.1"), doctor.text());
        assertTrue(doctor.text().contains("natives   " + folder.resolve("home/.djl.ai/pytorch")), doctor.text());
    }

    @Test
    void it_runs_a_plan_to_its_report() throws Exception {
        Files.copy(Path.of("../src/test/resources/org/obverse/cli/tiny.yaml"), folder.resolve("tiny.yaml"));
        Start run = start("run", "tiny.yaml");

        assertEquals(0, run.code(), run.text());
        assertTrue(Files.exists(folder.resolve("runs/tiny/report.html")), run.text());
    }

    @Test
    void the_demo_starts_in_an_empty_home_without_maven_or_a_jdk() throws Exception {
        Path machine = folder.resolve("machine");
        Start demo = Start.until(" done in ", LAUNCHER, machine, "demo");

        assertEquals(143, demo.code(), demo.text());
        assertTrue(demo.text().contains("demo: 18 cells") && demo.text().contains(" done in "), demo.text());
        assertFalse(names(machine.resolve("runs/objects")).isEmpty(), demo.text());
        assertTrue(Files.isDirectory(machine.resolve("home/.djl.ai/pytorch")), "its libtorch is its own");
    }

    @Test
    void processes_start_its_own_java() throws Exception {
        Path plan = folder.resolve("processes.yaml");
        String tiny = Files.readString(Path.of("../src/test/resources/org/obverse/cli/tiny.yaml"));
        Files.writeString(plan, tiny.replace("workers: 1", "places: [ { use: processes, count: 1 } ]"));
        Start run = start("run", "processes.yaml", "--runs", "elsewhere");

        assertEquals(0, run.code(), run.text());
    }

    @Test
    void every_plan_comes_with_it_and_no_weights_that_somebody_made() throws IOException {
        assertEquals(names(Path.of("../plans")), names(IMAGE.resolve("cli/plans")));
        assertTrue(names(IMAGE.resolve("cli/plans")).contains("demo.yaml"));
    }

    @Test
    void java_needs_the_c_library_of_the_system_and_no_other() throws Exception {
        for (String library : List.of("libjavajpeg.so", "liblcms.so", "libfontmanager.so")) {
            Path file = IMAGE.resolve("runtime/lib/" + library);
            Process ldd = new ProcessBuilder("ldd", file.toString()).start();
            String linked = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            linked.lines()
                    .filter(line -> line.contains("=> /"))
                    .filter(line -> !line.contains(IMAGE.toString()))
                    .forEach(line -> assertTrue(
                            line.strip().matches("lib(c|m|gcc_s|stdc\\+\\+)\\.so.*"), library + ": " + line));
            assertTrue(linked.contains("libc.so.6 => /"), linked);
        }
    }

    @Test
    @DisabledIfEnvironmentVariable(
            named = "MAVEN_IS",
            matches = "offline true",
            disabledReason = "CycloneDX's plugin works online alone, and Maven passes it by elsewhere")
    void its_bill_of_materials_lists_every_jar_with_its_hash() throws IOException {
        JsonNode bill = JsonMapper.shared().readTree(Files.readString(IMAGE.resolve("sbom.json")));
        List<String> listed = bill.get("components")
                .valueStream()
                .filter(part -> part.get("hashes")
                        .valueStream()
                        .anyMatch(hash -> hash.get("alg").asString().equals("SHA-256")))
                .map(part ->
                        part.get("name").asString() + "-" + part.get("version").asString())
                .sorted()
                .toList();

        assertEquals("CycloneDX", bill.get("bomFormat").asString());
        try (Stream<Path> jars = Files.list(IMAGE.resolve("lib"))) {
            assertEquals(
                    jars.map(jar -> jar.getFileName().toString().replaceFirst("(-linux-(x86_64|aarch64))?\\.jar$", ""))
                            .sorted()
                            .toList(),
                    listed);
        }
    }

    @Test
    void every_command_has_a_page_in_the_manual_and_completion_knows_it() throws Exception {
        String completion = Files.readString(IMAGE.resolve("share/bash-completion/completions/obverse"));
        Path manual = IMAGE.resolve("share/man/man1");
        List<String> commands = start("--help")
                .text()
                .lines()
                .dropWhile(line -> !line.equals("Commands:"))
                .skip(1)
                .takeWhile(line -> !line.isBlank() && !line.endsWith(":"))
                .filter(line -> line.matches("  [a-z].*"))
                .map(line -> line.strip().replaceFirst(" .*", ""))
                .toList();

        assertTrue(commands.containsAll(List.of("run", "demo", "compare", "plugins")), commands.toString());
        for (String command : commands) {
            String page = Files.readString(manual.resolve("obverse-" + command + ".1"));
            assertTrue(page.contains(".SH \"NAME\"") && page.contains("interrupted; resume goes on"), page);
            assertTrue(completion.contains(command), command);
        }
    }

    private static List<String> names(Path plans) throws IOException {
        try (Stream<Path> files = Files.walk(plans)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> plans.relativize(file).toString())
                    .filter(file -> !file.startsWith("weights/"))
                    .sorted()
                    .toList();
        }
    }
}
