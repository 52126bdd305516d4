package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.FileBased;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Workspace;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.product.DataManifest;
import org.obverse.engine.record.RunRecord;

final class ChangedDataTest {
    private static final Registry REGISTRY = Registry.of(List.of(new TinyPlugin(), new Numbers()));
    private static final String PLAN = """
            data: { use: numbers, folder: %s }
            target: { classifier: { use: linear }, training: { epochs: 1, batch: 5 } }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("training-0"), "0.1");
        Files.writeString(folder.resolve("training-1"), "0.2");
        Files.writeString(folder.resolve("test-0"), "0.3");
        Files.writeString(folder.resolve("test-1"), "0.4");
    }

    @Test
    void a_damaged_list_of_files_is_kept_and_written_anew_by_a_run_and_not_by_a_check_of_it() throws IOException {
        run("one");
        Path list = folder.resolve("runs/one/data-0.tsv");
        String before = Files.readString(list);
        Files.writeString(list, "training\tnothing\n");
        Path kept = list.resolveSibling("data-0.tsv.damaged-1");

        assertEquals(List.of(), new DataManifest(List.of()).changesSince(list));
        assertFalse(Files.exists(kept));
        assertEquals(Outcome.DONE, run("one").outcome());

        assertEquals(before, Files.readString(list));
        assertEquals("training\tnothing\n", Files.readString(kept));
    }

    @Test
    void a_run_lists_its_files_and_goes_on_with_them() throws IOException {
        assertEquals(Outcome.DONE, run("one").outcome());
        assertEquals(Outcome.DONE, run("one").outcome());

        List<String> lines = Files.readAllLines(folder.resolve("runs/one/data-0.tsv"));
        assertEquals(4, lines.size());
        String sha = Sha256.of(folder.resolve("test-1"));
        assertEquals("test\t1\t" + Files.size(folder.resolve("test-1")) + "\t" + sha + "\ttest-1", lines.get(3));
    }

    @Test
    void a_run_does_not_go_on_with_changed_new_or_missing_files() throws IOException {
        run("one");
        Files.writeString(folder.resolve("training-1"), "0.99");
        Files.move(folder.resolve("test-0"), folder.resolve("test-2"));

        InvalidConfigurationException refusal = assertThrows(InvalidConfigurationException.class, () -> run("one"));

        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("the data changed since this run began: "), message);
        assertTrue(message.contains("training-1 is another file"), message);
        assertTrue(message.contains("test-2 is new"), message);
        assertTrue(message.contains("test-0 is gone"), message);
    }

    @Test
    void another_run_shares_results_only_while_the_files_hold_the_same() throws IOException {
        Map<String, String> first = artifacts("one");
        assertEquals(first, artifacts("two"));

        Files.writeString(folder.resolve("training-1"), "0.99");

        assertNotEquals(first.get("target/0"), artifacts("three").get("target/0"));
    }

    @Test
    void images_in_two_parts_are_named() throws IOException {
        Files.copy(folder.resolve("training-0"), folder.resolve("test-3"));
        Files.writeString(folder.resolve("test-4"), Files.readString(folder.resolve("training-1")) + "0");

        String artifact = String.valueOf(artifacts("one").get("data/0"));
        TensorFile facts = new Setting(folder.resolve("runs"), folder, Set.of())
                .artifacts()
                .open(artifact);

        assertEquals("2", facts.metadata().get("duplicates"));
        assertEquals(
                "training training-0 = test test-3; training training-1 = test test-4",
                facts.metadata().get("duplicate-images"));
    }

    @Test
    void a_rehearsal_only_notes_files_that_are_missing_and_a_run_refuses_them() {
        Runner runner = runner();
        Study study = runner.study(PLAN.formatted(folder.resolve("nowhere")), "nowhere");

        List<Problem> missing = rehearse(runner, study, new AtomicBoolean()).missing();

        assertEquals(1, missing.size());
        assertEquals("data.folder", missing.get(0).path());
        assertEquals(
                missing,
                assertThrows(
                                InvalidConfigurationException.class,
                                () -> runner.run(PLAN.formatted(folder.resolve("nowhere")), "nowhere", "runs"))
                        .problems());
        Study here = runner.study(PLAN.formatted(folder), "here");
        assertEquals(List.of(), rehearse(runner, here, new AtomicBoolean()).missing());
    }

    @Test
    void a_run_that_is_interrupted_while_its_data_set_is_opened_writes_nothing() {
        AtomicBoolean cancelled = new AtomicBoolean();
        Runner runner = runner();
        runner.onProgress(shown -> cancelled.set(true));

        Runs.StudyResult cut = runner.run(PLAN.formatted(folder), "one", "runs", cancelled);

        assertEquals(Outcome.INTERRUPTED, cut.outcome());
        assertFalse(cut.begun());
        assertTrue(
                cut.reasons().get(0) instanceof CancelledException,
                cut.reasons().toString());
        assertFalse(Files.exists(folder.resolve("runs")));
        assertEquals(Outcome.DONE, run("one").outcome());
    }

    @Test
    void a_run_that_has_begun_can_be_interrupted_while_its_files_are_read() {
        run("one");
        AtomicBoolean cancelled = new AtomicBoolean();
        Runner runner = runner();
        runner.onProgress(shown -> cancelled.set(cancelled.get()
                || (shown instanceof Progress.OfTask items && items.task().equals("hashing numbers"))));
        Study study = runner.study(PLAN.formatted(folder), "one");

        assertThrows(CancelledException.class, () -> rehearse(runner, study, cancelled));
        cancelled.set(false);
        assertEquals(
                Outcome.INTERRUPTED,
                runner.run(PLAN.formatted(folder), "one", "runs", cancelled).outcome());
        assertEquals(Outcome.DONE, run("one").outcome());
    }

    private static DryRun rehearse(Runner runner, Study study, AtomicBoolean cancelled) {
        return runner.runs().rehearse(study, runner.setting("runs"), runner.audience(), cancelled);
    }

    private Runner runner() {
        return new Runner(REGISTRY, folder);
    }

    private Runs.StudyResult run(String name) {
        return runner().run(PLAN.formatted(folder), name, "runs");
    }

    private Map<String, String> artifacts(String name) {
        run(name);
        return RunRecord.artifacts(StudyFolder.of(folder.resolve("runs"), name), name);
    }

    /** A data set of files with one number each; what a file is called says its part and class. */
    private static final class Numbers implements Plugin {
        record Place(@Meaning("the folder") String folder) {}

        @Override
        public String id() {
            return "numbers";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public List<Component<?, ?>> components() {
            return List.of(new Component<>(
                    Kind.DATASET,
                    "numbers",
                    "",
                    new Place(""),
                    (place, resources) -> opened(resources.workspace(), place.folder())));
        }
    }

    private static Numbered opened(Workspace workspace, String location) {
        Path folder = workspace.path(location);
        if (!Files.exists(folder)) {
            throw InvalidConfigurationException.missing(List.of(new Problem("folder", folder + " does not exist", "")));
        }
        workspace.map("opening numbers", Collections.nCopies(100, folder), Files::isReadable);
        return new Numbered(folder, workspace);
    }

    private record Numbered(Path folder, Workspace workspace) implements FileBased {
        @Override
        public int classes() {
            return 2;
        }

        @Override
        public List<String> classNames() {
            return Dataset.numbered(classes());
        }

        @Override
        public Shape shape() {
            return new Shape(2);
        }

        @Override
        public Set<Part> parts() {
            return Set.of(Part.TRAINING, Part.TEST);
        }

        @Override
        public Images images(Part part) {
            return new NumberImages(paths(part));
        }

        private List<Path> paths(Part part) {
            List<Path> paths = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Path path = folder.resolve(part.name().toLowerCase(Locale.ROOT) + "-" + i);
                if (Files.exists(path)) {
                    paths.add(path);
                }
            }
            return paths;
        }

        @Override
        public List<DataFile> files(Part part) {
            return workspace.map("hashing numbers", paths(part), Numbered::file);
        }

        private static DataFile file(Path path) {
            try {
                return new DataFile(String.valueOf(path.getFileName()), Files.size(path), Sha256.of(path));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Dataset resized(int side) {
            throw new UnsupportedOperationException("numbers are no pictures");
        }
    }

    private record NumberImages(List<Path> paths) implements Images {
        @Override
        public int size() {
            return paths.size();
        }

        @Override
        public Shape shape() {
            return new Shape(2);
        }

        @Override
        public int label(int index) {
            return paths.get(index).toString().endsWith("1") ? 1 : 0;
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            float[] values = new float[2 * indices.length];
            for (int i = 0; i < indices.length; i++) {
                try {
                    values[2 * i] = Float.parseFloat(Files.readString(paths.get(indices[i])));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return manager.create(values, new Shape(indices.length, 2));
        }
    }
}
