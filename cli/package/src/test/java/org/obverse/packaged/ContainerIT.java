package org.obverse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The layers that Jib put on the base, unpacked one on the other, as nothing here can start a container. */
final class ContainerIT {
    private static final Path CONTAINER = Path.of(Objects.requireNonNull(System.getenv("CONTAINER")));
    private static final int OURS = 3;

    @TempDir
    private static Path folder = Path.of("");

    private static List<Path> layers = List.of();
    private static Path root = Path.of("");

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        Path container = Files.createDirectories(folder.resolve("container"));
        tar("-xf", CONTAINER, container);
        layers = json("manifest.json")
                .at("/0/Layers")
                .valueStream()
                .map(layer -> container.resolve(layer.asString()))
                .toList();
        root = Files.createDirectories(folder.resolve("root"));
        for (Path layer : layers.subList(layers.size() - OURS, layers.size())) {
            tar("-xzf", layer, root);
        }
    }

    private static void tar(String what, Path file, Path to) throws IOException, InterruptedException {
        Process tar = new ProcessBuilder(
                        "tar", "--warning=no-unknown-keyword", what, file.toString(), "-C", to.toString())
                .inheritIO()
                .start();
        assertEquals(0, tar.waitFor());
    }

    private static JsonNode json(String name) {
        return JsonMapper.shared().readTree(folder.resolve("container").resolve(name));
    }

    @Test
    void it_starts_the_launcher_where_the_users_folder_is_mounted() {
        JsonNode config = json("config.json").at("/config");

        assertEquals("/opt/obverse/bin/obverse", config.at("/Entrypoint/0").asString());
        assertEquals("/work", config.at("/WorkingDir").asString());
        assertTrue(config.at("/Env")
                .valueStream()
                .anyMatch(variable -> variable.asString().equals("HOME=/work")));
    }

    @Test
    void what_changes_with_every_version_is_small() throws IOException {
        long ours = Files.size(layers.get(layers.size() - 1));

        assertTrue(ours < 10_000_000, ours + " bytes");
    }

    @Test
    void it_holds_the_whole_image() throws IOException {
        assertEquals(
                files(Path.of(Objects.requireNonNull(System.getenv("IMAGE")))), files(root.resolve("opt/obverse")));
    }

    @Test
    void its_launcher_finds_java_and_libtorch() throws Exception {
        Start doctor = Start.of(root.resolve("opt/obverse/bin/obverse"), folder, "doctor");

        assertEquals(0, doctor.code(), doctor.text());
        assertTrue(doctor.text().contains("engine    libtorch 2.7.1"), doctor.text());
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file) + (Files.isExecutable(file) ? "*" : ""))
                    .sorted()
                    .toList();
        }
    }
}
