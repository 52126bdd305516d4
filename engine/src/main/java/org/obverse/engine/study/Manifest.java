package org.obverse.engine.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.Damaged;
import org.obverse.engine.artifact.RegularFile;
import org.obverse.engine.artifact.StoredJson;
import org.obverse.engine.blueprint.Blueprint;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.unit.Equipment;

/**
 * Whose code, and which files besides its data, a run depends on.
 *
 * @param code content hashes by plugin id, the engine's own, and the version of {@code libtorch}
 * @param jars SHA-256 of the bytes of each plugin's jars, by plugin id and file name
 * @param files SHA-256 of the files that the plan names, such as weights, by their location in it
 * @param accepted changes of code that a user accepted while the run was under way, oldest first
 */
public record Manifest(
        Map<String, String> code,
        Map<String, Map<String, String>> jars,
        Map<String, String> files,
        List<Change> accepted) {
    private static final String FILE = "manifest.json";

    /** A change of a plugin's code in the middle of a run. */
    public record Change(String plugin, String from, String to) {}

    /**
     * The manifest of the run in this folder.
     *
     * @throws InvalidConfigurationException if another version wrote it, or it is damaged
     */
    public static Manifest read(Path folder) {
        try {
            return StoredJson.read(StudyFolder.text(folder.resolve(FILE)), Manifest.class);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationException(new Problem(
                    folder.resolve(FILE).toString(),
                    "is no manifest of this version of Obverse (" + e.getMessage() + ")",
                    "start anew with --name"));
        }
    }

    /** The manifest of a run that is to go on; nothing if there is none, or it is damaged. */
    static Optional<Manifest> known(Path folder) {
        RegularFile.requireIfThere(folder.resolve(FILE));
        try {
            return isIn(folder) ? Optional.of(read(folder)) : Optional.empty();
        } catch (InvalidConfigurationException damaged) {
            return Optional.empty();
        }
    }

    /** Of all plugins and files that take part in a study. */
    static Manifest of(Blueprint blueprint, Equipment equipment) {
        Map<String, String> code = new TreeMap<>();
        blueprint.graph().units().forEach(unit -> code.putAll(unit.ingredients().code()));
        Map<String, Map<String, String>> jars = new TreeMap<>();
        for (LoadedPlugin plugin : equipment.components().registry().plugins()) {
            if (code.containsKey(plugin.id()) || blueprint.accompanies(plugin)) {
                code.put(plugin.id(), plugin.contentHash());
                if (!plugin.jars().isEmpty()) {
                    jars.put(plugin.id(), plugin.jars());
                }
            }
        }
        return new Manifest(code, jars, equipment.files().all(), List.of());
    }

    private String hash(String id) {
        return String.valueOf(code.get(id));
    }

    /** The ids whose code is another one now and whose change was not accepted; {@code libtorch} is one of them. */
    List<String> changes(Manifest now, Set<String> acceptable) {
        return now.code().keySet().stream()
                .filter(id -> code.containsKey(id) && !now.hash(id).equals(hash(id)))
                .filter(id -> !acceptable.contains(id))
                .toList();
    }

    /** The locations of files that are other ones now; those that are gone are not among them. */
    List<String> changedFiles(Manifest now) {
        return files.keySet().stream()
                .filter(location -> now.files().containsKey(location))
                .filter(location -> !Objects.equals(now.files().get(location), files.get(location)))
                .toList();
    }

    /**
     * Writes a study's manifest, with the changes that its user accepted since it was begun. One that is damaged is kept under
     * another name; every unit is held against what it was made of, whatever the manifest says.
     */
    static void write(Path folder, Manifest now, Set<String> acceptable) {
        List<Change> changes = new ArrayList<>();
        Optional<Manifest> known = known(folder);
        known.ifPresent(before -> {
            changes.addAll(before.accepted());
            before.changes(now, Set.of()).stream()
                    .filter(acceptable::contains)
                    .forEach(id -> changes.add(new Change(id, before.hash(id), now.hash(id))));
        });
        if (known.isEmpty() && isIn(folder)) {
            keepDamaged(folder);
        }
        Manifest manifest = new Manifest(new LinkedHashMap<>(now.code()), now.jars(), now.files(), changes);
        StudyFolder.write(folder.resolve(FILE), StoredJson.indented(manifest));
    }

    private static void keepDamaged(Path folder) {
        try {
            Damaged.keep(folder.resolve(FILE), "what changed since the run began is told by its units alone");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the damaged manifest of " + folder, e);
        }
    }

    /** Whether a study was begun in a folder. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }
}
