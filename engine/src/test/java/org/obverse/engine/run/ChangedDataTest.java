package org.obverse.engine.run;

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
import org.obverse.api.event.RunEvent.Outcome;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Workspace;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.EngineCode;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.torch.TorchRuntime;

final class ChangedDataTest {
    private static final TorchRuntime TORCH = TorchRuntime.start();
    private static final EngineCode ENGINE = new EngineCode();
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
    void a_run_lists_its_files_and_goes_on_with_them() throws IOException {
        assertEquals(Outcome.DONE, run("one").outcome());
        assertEquals(Outcome.DONE, run("one").outcome());

        List<String> lines = Files.readAllLines(folder.resolve("runs/one/data.tsv"));
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

        assertNotEquals(first.get("target"), artifacts("three").get("target"));
    }

    @Test
    void images_in_two_parts_are_named() throws IOException {
        Files.copy(folder.resolve("training-0"), folder.resolve("test-3"));
        Files.writeString(folder.resolve("test-4"), Files.readString(folder.resolve("training-1")) + "0");

        String artifact = String.valueOf(artifacts("one").get("data"));
        TensorFile facts = new Runs.Setting(folder.resolve("runs"), folder, Set.of())
                .artifacts()
                .open(artifact);

        assertEquals("2", facts.metadata().get("duplicates"));
        assertEquals(
                "training training-0 = test test-3; training training-1 = test test-4",
                facts.metadata().get("duplicate-images"));
    }

    @Test
    void a_rehearsal_only_notes_files_that_are_missing_and_a_run_refuses_them() {
        Study study = study("nowhere", folder.resolve("nowhere"));
        Runs.Setting setting = new Runs.Setting(folder.resolve("runs"), folder, Set.of());
        Runs runs = new Runs(TORCH, REGISTRY, ENGINE);

        List<Problem> missing = runs.rehearse(study, setting, Supervision.none());

        assertEquals(1, missing.size());
        assertEquals("data.folder", missing.get(0).path());
        assertEquals(
                missing,
                assertThrows(InvalidConfigurationException.class, () -> runs.check(study, setting, Supervision.none()))
                        .problems());
        assertEquals(List.of(), runs.rehearse(study("here", folder), setting, Supervision.none()));
    }

    @Test
    void a_run_that_is_interrupted_while_its_files_are_read_goes_on_from_there() {
        AtomicBoolean cancelled = new AtomicBoolean();

        Runs.StudyResult cut = run(
                "one",
                Ear.ofItems((task, done, total) -> cancelled.set(cancelled.get() || task.equals("hashing numbers"))),
                cancelled);

        assertEquals(Outcome.INTERRUPTED, cut.outcome());
        assertTrue(StoredStudy.isIn(folder.resolve("runs/one")));
        assertFalse(Files.exists(folder.resolve("runs/one/events.jsonl")));
        assertEquals(Outcome.DONE, run("one").outcome());
    }

    @Test
    void a_run_that_is_interrupted_while_its_data_set_is_opened_writes_nothing() {
        AtomicBoolean cancelled = new AtomicBoolean();

        Runs.StudyResult cut = run("one", Ear.ofItems((task, done, total) -> cancelled.set(true)), cancelled);

        assertEquals(Outcome.INTERRUPTED, cut.outcome());
        assertTrue(
                cut.reasons().get(0) instanceof CancelledException,
                cut.reasons().toString());
        assertFalse(Files.exists(folder.resolve("runs")));
        assertEquals(Outcome.DONE, run("one").outcome());
    }

    @Test
    void a_check_of_a_run_that_has_begun_can_be_interrupted_while_its_files_are_read() {
        run("one");
        AtomicBoolean cancelled = new AtomicBoolean();
        ItemListener interrupting =
                (task, done, total) -> cancelled.set(cancelled.get() || task.equals("hashing numbers"));
        Supervision supervision = new Supervision(cancelled, interrupting);
        Runs.Setting setting = new Runs.Setting(folder.resolve("runs"), folder, Set.of());

        assertThrows(
                CancelledException.class,
                () -> new Runs(TORCH, REGISTRY, ENGINE).rehearse(study("one", folder), setting, supervision));

        cancelled.set(false);
        assertEquals(
                Outcome.INTERRUPTED,
                run("one", Ear.ofItems(interrupting), cancelled).outcome());
    }

    private static Study study(String name, Path data) {
        return new PlanReader(REGISTRY).read(PLAN.formatted(data), name + ".yaml", name, List.of());
    }

    private Runs.StudyResult run(String name) {
        return run(name, Ear.ofItems((task, done, total) -> {}), new AtomicBoolean());
    }

    private Runs.StudyResult run(String name, Ear ear, AtomicBoolean cancelled) {
        return new Runs(TORCH, REGISTRY, ENGINE)
                .run(study(name, folder), new Runs.Setting(folder.resolve("runs"), folder, Set.of()), ear, cancelled);
    }

    private Map<String, String> artifacts(String name) {
        run(name);
        return Runs.finished(folder.resolve("runs").resolve(name));
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
                Path path = folder.resolve(DataManifest.name(part) + "-" + i);
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
