package org.obverse.plugins.mlflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Workspace;

final class SettingsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Workspace workspace = new Workspace() {
        @Override
        public Path path(String location) {
            return folder.resolve(location);
        }

        @Override
        public Path cache() {
            return folder;
        }

        @Override
        public <T, R> List<R> map(String task, List<T> items, Function<T, R> work) {
            return items.stream().map(work).toList();
        }
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:5000",
                "https://tracking.example/mlflow/",
                "mlruns",
                "/data/mlruns",
                "file:///data"
            })
    void an_address_of_a_server_or_a_folder_is_good(String uri) {
        assertEquals(List.of(), new Settings(uri, "").check());
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', give the address",
        "sqlite:///mlflow.db, '', tracking server in front",
        "databricks:profile, '', tracking server in front",
        "http:///nowhere, '', write http://HOST:PORT",
        "http://host name, '', write http://HOST:PORT",
        "https://me:secret@host, '', file of two lines",
        "mlruns, token.txt, leave it out"
    })
    void another_one_is_refused_with_a_way_out(String uri, String token, String wayOut) {
        String problems = new Settings(uri, token).check().toString();

        assertTrue(problems.contains(wayOut), problems);
        assertTrue(!problems.contains("secret"), problems);
    }

    @Test
    void a_token_is_read_from_its_file() throws IOException {
        Files.writeString(folder.resolve("token"), "secret\n");

        assertInstanceOf(ServerStore.class, new Settings("http://host", "token").target(workspace));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "a\nb\nc\n"})
    void a_file_without_a_token_is_refused(String content) throws IOException {
        Files.writeString(folder.resolve("token"), content);

        assertRefused("has not one line");
    }

    @Test
    @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void what_is_no_file_is_refused_and_never_opened() throws IOException, InterruptedException {
        Path token = folder.resolve("token");
        assertEquals(0, new ProcessBuilder("mkfifo", token.toString()).start().waitFor());
        assertRefused("is a folder, a pipe or a device, not a file");
        Files.delete(token);
        Files.createSymbolicLink(token, Path.of("/dev/zero"));
        assertRefused("is a folder, a pipe or a device, not a file");
    }

    @Test
    void a_file_that_is_too_long_for_a_token_is_refused() throws IOException {
        Files.writeString(folder.resolve("token"), "s".repeat((1 << 14) + 1));

        assertRefused("has more than the 16384 bytes that are read of a token");
    }

    private void assertRefused(String reason) {
        InvalidConfigurationException e = assertThrows(
                InvalidConfigurationException.class, () -> new Settings("http://host", "token").target(workspace));
        assertTrue(String.valueOf(e.getMessage()).contains(reason), e.getMessage());
    }

    @Test
    void a_missing_token_is_refused() {
        assertThrows(InvalidConfigurationException.class, () -> new Settings("http://host", "token").target(workspace));
    }
}
