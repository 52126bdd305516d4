package org.obverse.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.obverse.cli.progress.Printable;
import org.obverse.engine.plugin.PluginFolder;
import org.obverse.engine.plugin.PluginFolder.Trust;
import org.obverse.engine.plugin.Registry;
import picocli.CommandLine.Option;

/** Where plugins come from, beside those that come with the program. */
final class PluginsOption {
    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "A folder of plugins, beside cli/plugins: each jar in it is one, and so is each sub-folder"
                    + " with a plugin's jar and its libraries. They run with your rights. Repeatable.")
    private List<Path> folders = new ArrayList<>();

    @Option(
            names = "--locked",
            description = "Load only the jars that @|bold plugins.lock|@ in their folder names, by their SHA-256."
                    + " @|bold obverse plugins --write-lock|@ writes it.")
    private boolean locked;

    /** The folders that are there by default and those that are named, each once. */
    List<PluginFolder> folders() {
        Set<Path> places = new LinkedHashSet<>(Home.plugins());
        folders.forEach(folder -> places.add(folder.toAbsolutePath().normalize()));
        Trust trust = locked ? Trust.LOCKED : Trust.ANY;
        return places.stream().map(place -> PluginFolder.of(place, trust)).toList();
    }

    /**
     * Everything that can be loaded.
     *
     * @throws org.obverse.engine.plugin.PluginFailedException if anything in a folder is refused
     */
    Registry registry() {
        Registry registry = Registry.with(folders());
        registry.requireNothingRefused();
        return registry;
    }

    /** What can be loaded; the rest is told. */
    Registry registry(PrintWriter err) {
        Registry registry = Registry.with(folders());
        registry.refusals().forEach(refusal -> err.println(Printable.lines("obverse: refused: " + refusal)));
        err.flush();
        return registry;
    }

    /** The options as arguments of another process. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        folders.forEach(folder -> arguments.addAll(
                List.of("--plugins", folder.toAbsolutePath().normalize().toString())));
        if (locked) {
            arguments.add("--locked");
        }
        return arguments;
    }

    /** How the options are written, for a command that goes on with the same plugins. */
    String written() {
        StringBuilder written = new StringBuilder();
        folders.forEach(folder -> written.append(" --plugins '").append(folder).append('\''));
        return written.append(locked ? " --locked" : "").toString();
    }
}
