package org.obverse.cli.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.event.RunListener;
import org.obverse.engine.EngineModule;
import org.obverse.engine.drive.Journal;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.study.Audience;
import org.obverse.engine.study.Runs;
import org.obverse.engine.study.Setting;
import org.obverse.engine.study.StoredStudy;
import org.obverse.engine.study.StudyFolder;
import org.obverse.engine.torch.TorchSettings;

/**
 * One file of a finished run was changed, and the run is resumed: what artifacts prove goes on, what they do not is made again, and the end is
 * the same. A file that says what the run is may also be refused.
 */
final class RunFolderFuzzTest {
    private static final String PLAN = """
            name: tiny
            data: { use: image-folder, folder: pictures, split: { training-share: 0.75 }, image: { size: 16 } }
            target: { classifier: { use: small-resnet }, training: { epochs: 1, batch: 6 } }
            metrics: [ { use: test-accuracy } ]
            execution: { device: cpu, workers: 1 }
            study: { axes: { target.training.learning-rate: [ 0.01, 0.02 ] } }
            """;
    private static final List<String> WORDS = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1e999",
            "NaN",
            "99999999999999999999999",
            "\"\"",
            "{}",
            "[]",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\u0000",
            "\n",
            "\t",
            " ",
            "\u00ef\u00bb\u00bf",
            "\u00ff",
            "\0",
            "target/0",
            "target/1",
            "metric/0",
            "data/0",
            "Completed",
            "Planned",
            "Ended",
            "unit",
            "digest",
            "artifact",
            "summary",
            "done",
            "training",
            "test",
            "engine",
            "tiny",
            "/dev/zero",
            "..");

    @TempDir
    private static Path folder = Path.of("");

    private static Registry registry = Registry.of(List.of());

    @SuppressWarnings("NullAway.Init")
    private static Runs engine;

    private static Map<String, String> whole = Map.of();

    /** Told of every damaged file. */
    private static final Logger LOG = Logger.getLogger("org.obverse.engine");

    @BeforeAll
    static void run_to_the_end() throws IOException {
        LOG.setLevel(Level.SEVERE);
        registry = Registry.ofClassPath();
        engine = Guice.createInjector(new EngineModule(registry, TorchSettings.defaults()))
                .getInstance(Runs.class);
        for (String person : List.of("a", "b")) {
            for (int i = 0; i < 4; i++) {
                Path picture = folder.resolve("pictures/%s/%d.png".formatted(person, i));
                Files.createDirectories(picture.resolveSibling(""));
                BufferedImage image = new BufferedImage(20, 24 + i, BufferedImage.TYPE_INT_RGB);
                image.setRGB(i, i, person.charAt(0));
                ImageIO.write(image, "png", picture.toFile());
            }
        }
        assertEquals(Outcome.DONE, run(new PlanReader(registry).read(PLAN, "tiny.yaml", "tiny", List.of())));
        whole = artifacts();
    }

    @AfterAll
    static void tell_again() {
        LOG.setLevel(Level.WARNING);
    }

    private static Path runs() {
        return folder.resolve("runs");
    }

    private static Outcome run(Study study) {
        Setting setting = new Setting(runs(), folder, Set.of());
        return engine.run(study, setting, new Audience(new RunListener() {}), new AtomicBoolean())
                .outcome();
    }

    private static Map<String, String> artifacts() {
        StudyFolder study = StudyFolder.of(runs(), "tiny");
        Map<String, String> artifacts = new TreeMap<>();
        for (String cell : cells()) {
            RunRecord.artifacts(study, cell).forEach((unit, artifact) -> artifacts.put(cell + " " + unit, artifact));
        }
        assertEquals("", Journal.read(study.events()).damage());
        assertTrue(artifacts.size() >= 6, artifacts.toString());
        return artifacts;
    }

    private static List<String> cells() {
        return names(runs().resolve("tiny/cells"), "(.*)\\.yaml");
    }

    private static List<String> names(Path place, String pattern) {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches(pattern))
                    .map(name -> name.replaceFirst(pattern, "$1"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_run_with_a_changed_journal_goes_on() throws IOException {
        assertEquals(0, resume("tiny/events.jsonl", 8).refused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny/manifest.json", "tiny/study.yaml", "tiny/data-0.tsv"})
    void a_run_whose_other_files_were_changed_goes_on_or_is_refused(String file) throws IOException {
        resume(file, 8);
    }

    @Test
    void a_run_whose_stored_plan_was_changed_goes_on_or_is_refused() throws IOException {
        resume("tiny/cells/" + cells().get(0) + ".yaml", 8);
    }

    @Test
    void a_changed_reference_to_an_artifact_is_not_believed() throws IOException {
        assertEquals(
                0,
                resume(
                                "objects/inputs/"
                                        + names(runs().resolve("objects/inputs"), "([0-9a-f]{64})")
                                                .get(0),
                                8)
                        .refused());
    }

    @Test
    void a_changed_artifact_is_made_again() throws IOException {
        assertEquals(0, resume("objects/" + whole.values().iterator().next(), 8).refused());
    }

    /** As {@code obverse resume} does. */
    private Fuzzing.Counts resume(String name, int cases) throws IOException {
        Path file = runs().resolve(name);
        byte[] seed = Files.readAllBytes(file);
        // It grows with every attempt, and so does what reading it takes.
        Path journal = StudyFolder.of(runs(), "tiny").events();
        byte[] facts = Files.readAllBytes(journal);
        return new Fuzzing(String.valueOf(file.getFileName()), List.of(seed), WORDS, cases, 256L << 20).of(changed -> {
            Files.write(file, changed);
            try {
                assertEquals(
                        Outcome.DONE,
                        run(StoredStudy.read(runs(), "tiny", new PlanReader(registry))
                                .study()));
                assertEquals(whole, artifacts());
            } finally {
                Files.write(journal, facts);
                Files.write(file, seed);
                for (String aside : names(file.resolveSibling(""), "(.*\\.damaged-\\d+)")) {
                    Files.delete(file.resolveSibling(aside));
                }
            }
        });
    }
}
