package org.obverse.cli.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.attack.Attack;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.cli.TestJar;
import org.obverse.engine.plugin.PluginFolder;
import org.obverse.engine.plugin.PluginFolder.Trust;
import org.obverse.engine.plugin.Refusal;
import org.obverse.engine.plugin.Registry;

/** A jar that was changed is a plugin, or refused in words, and keeps no other from being loaded. */
final class JarFuzzTest {
    private static final List<String> WORDS = List.of(
            "PK\u0001\u0002",
            "PK\u0003\u0004",
            "PK\u0005\u0006",
            "PK\u0006\u0006",
            "META-INF/",
            "MANIFEST.MF",
            "Obverse-Plugin: x\r\n",
            "Obverse-Api",
            "Class-Path: /dev/zero\r\n",
            "Class-Path: http://localhost/\r\n",
            "Class-Path: ../",
            "../",
            "/",
            "\0",
            "\r\n\r\n",
            "Name: x\r\n",
            "module-info.class",
            "org/obverse/api/",
            "java/lang/Object.class",
            "\u00ca\u00fe\u00ba\u00be");

    @TempDir
    private Path folder = Path.of("");

    /** The plugin in the jar. */
    public static final class Whole implements Plugin {
        record Keys(int steps) {}

        @Override
        public String id() {
            return "whole";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public List<Component<?, ?>> components() {
            return List.of(new Component<>(
                    Kind.ATTACK, "whole", "Attacks.", new Keys(1), (keys, resources) -> new Attack(Map.of())));
        }
    }

    @Test
    void a_changed_jar_is_a_plugin_or_refused() throws IOException {
        byte[] whole =
                Files.readAllBytes(TestJar.write(folder.resolve("whole"), "whole", List.of(Whole.class), Map.of()));
        Path jar = Files.createDirectory(folder.resolve("changed")).resolve("changed.jar");
        PluginFolder plugins = PluginFolder.of(jar.resolveSibling(""), Trust.ANY);
        new Fuzzing("jar", List.of(whole), WORDS, 60, 256L << 20)
                .of(changed -> {
                    Files.deleteIfExists(jar);
                    Files.write(jar, changed);
                    require(Registry.with(List.of(plugins)));
                })
                .requireBoth();
    }

    /**
     * A class whose code was changed may throw anything, and is then named with it.
     *
     * @throws InvalidConfigurationException if the jar is refused
     */
    private static void require(Registry registry) {
        for (Refusal refusal : registry.refusals()) {
            String words = refusal.reason().replaceFirst(" of plugin 'whole' failed: .*", "");
            assertFalse(words.isBlank() || words.contains("Pointer"), refusal.toString());
            throw new InvalidConfigurationException(new Problem(refusal.source(), words, ""));
        }
        assertEquals("whole", registry.require(Kind.ATTACK, "whole").plugin().id());
    }
}
