package org.obverse.engine.keep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.Leases;
import org.obverse.engine.artifact.StoredFiles;
import org.obverse.engine.drive.ProductStore;
import org.obverse.engine.graph.Provenance;
import org.obverse.engine.study.StudyFolder;

/**
 * What lies beside the runs of a folder and none of them needs, to be freed.
 *
 * @param references that name artifacts, those that read others' products before these
 * @param files everything else: artifacts, then unfinished trainings and what was half written
 * @param kinds what it is
 */
public record Unneeded(List<Path> references, List<Path> files, List<Kind> kinds) {
    public Unneeded {
        references = List.copyOf(references);
        files = List.copyOf(files);
        kinds = List.copyOf(kinds);
    }

    /**
     * Files of one kind.
     *
     * @param name the slot of the units that made them, such as {@code target}, or in words
     */
    public record Kind(String name, int count, long bytes) {}

    /** All bytes that are freed, but for those of the references. */
    public long bytes() {
        return kinds.stream().mapToLong(Kind::bytes).sum();
    }

    /** How many files are freed, but for the references. */
    public int count() {
        return kinds.stream().mapToInt(Kind::count).sum();
    }

    /**
     * Looks and changes nothing.
     *
     * @param runs the folder of all runs
     * @throws InvalidConfigurationException if a run does not say for sure what it needs, or the artifacts may be others' too
     */
    public static Unneeded in(Path runs) {
        ArtifactStore artifacts = new ArtifactStore(runs.resolve("objects"));
        requireOwn(artifacts.folder());
        ProductStore store = new ProductStore(artifacts);
        Needs needs = Needs.of(StudyFolder.all(runs), store);
        return new Search(store, needs).found();
    }

    private static void requireOwn(Path objects) {
        if (Files.isSymbolicLink(objects)) {
            throw new InvalidConfigurationException(new Problem(
                    objects.toString(),
                    "is a link, so that runs of other folders may need what is there",
                    "name the folder that it leads to, if all its runs lie there"));
        }
    }

    /**
     * Frees what {@link #in} finds. Whatever happens meanwhile, no reference is left without its artifact or its inputs.
     *
     * @param freed is told of each file before it is removed
     * @return what was freed
     * @throws InvalidConfigurationException as {@link #in}, or if a run of that folder is under way; nothing is freed then
     */
    public static Unneeded free(Path runs, Consumer<Path> freed) {
        ArtifactStore artifacts = new ArtifactStore(runs.resolve("objects"));
        if (!Files.isDirectory(artifacts.folder())) {
            return new Unneeded(List.of(), List.of(), List.of());
        }
        requireOwn(artifacts.folder());
        try (Leases leases = Leases.of(artifacts)) {
            boolean isAlone = leases.takeAll();
            List<String> others = underWay(runs);
            if (!isAlone || !others.isEmpty()) {
                throw new InvalidConfigurationException(new Problem(
                        runs.toString(),
                        others.isEmpty()
                                ? "a run is under way there, or its artifacts are being freed already"
                                : "a run is under way there: " + String.join(", ", others),
                        "wait for it or end it; nothing was freed"));
            }
            Unneeded found = in(runs);
            remove(found.references(), freed);
            new StoredFiles(artifacts).settleReferences();
            remove(found.files(), freed);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot free what is not needed in " + artifacts.folder(), e);
        }
    }

    /** The runs of a folder that a process works on at this moment. */
    public static List<String> underWay(Path runs) {
        return StudyFolder.all(runs).stream()
                .filter(StudyFolder::isUnderWay)
                .map(StudyFolder::name)
                .toList();
    }

    private static void remove(List<Path> files, Consumer<Path> freed) throws IOException {
        for (Path file : files) {
            freed.accept(file);
            Files.deleteIfExists(file);
        }
    }

    /** Holds what is in a store against what is needed. */
    private static final class Search {
        private static final String SLOT = "slot";

        private final ProductStore store;
        private final Needs needs;
        private final Map<String, Provenance> unneeded = new TreeMap<>();
        private final Map<String, List<Path>> kinds = new TreeMap<>();

        Search(ProductStore store, Needs needs) {
            this.store = store;
            this.needs = needs;
        }

        Unneeded found() {
            StoredFiles files = new StoredFiles(store.artifacts());
            List<String> strange = new ArrayList<>();
            for (String digest : store.artifacts().digests()) {
                if (!needs.reference(digest)) {
                    store.provenance(digest)
                            .ifPresentOrElse(made -> unneeded.put(digest, made), () -> strange.add(digest));
                }
            }
            Map<String, String> slots = new HashMap<>();
            unneeded.values()
                    .forEach(made -> slots.put(
                            made.artifact(), made.ingredients().values().getOrDefault(SLOT, "other")));
            for (Path artifact : files.artifacts()) {
                String name = String.valueOf(artifact.getFileName());
                if (!needs.artifact(name)) {
                    add(slots.getOrDefault(name, "without a unit"), artifact);
                }
            }
            files.unfinished().stream()
                    .filter(file -> !needs.unfinished(String.valueOf(file.getFileName())))
                    .forEach(file -> add("unfinished", file));
            files.halfWritten().forEach(file -> add("half written", file));
            List<String> references = readersFirst();
            references.addAll(strange);
            return new Unneeded(
                    references.stream()
                            .map(digest -> store.artifacts().referenceFile(digest))
                            .toList(),
                    kinds.values().stream().flatMap(List::stream).toList(),
                    kinds.entrySet().stream()
                            .map(kind -> new Kind(kind.getKey(), kind.getValue().size(), bytes(kind.getValue())))
                            .toList());
        }

        private void add(String kind, Path file) {
            kinds.computeIfAbsent(kind, key -> new ArrayList<>()).add(file);
        }

        private List<String> readersFirst() {
            List<String> inputsFirst = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            unneeded.keySet().forEach(digest -> collect(digest, seen, inputsFirst));
            Collections.reverse(inputsFirst);
            return inputsFirst;
        }

        /** As deep as a plan has stages. */
        private void collect(String digest, Set<String> seen, List<String> inputsFirst) {
            Provenance made = unneeded.get(digest);
            if (made != null && seen.add(digest)) {
                made.inputs().forEach(input -> collect(input, seen, inputsFirst));
                inputsFirst.add(digest);
            }
        }

        private static long bytes(List<Path> files) {
            return files.stream().collect(Collectors.summingLong(file -> {
                try {
                    return Files.size(file);
                } catch (IOException e) {
                    return 0L;
                }
            }));
        }
    }
}
