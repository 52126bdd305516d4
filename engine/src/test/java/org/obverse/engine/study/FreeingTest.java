package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.engine.study.PlanText.with;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.drive.ProductStore;
import org.obverse.engine.graph.Provenance;
import org.obverse.engine.keep.Unneeded;
import org.obverse.engine.plugin.Registry;

/** Artifacts that no run needs are freed, and no others. */
final class FreeingTest {
    private static final String PLAN = """
            data: { use: dots }
            target: { classifier: { use: linear }, training: { epochs: 2, batch: 5 } }
            generator: { use: plane }
            attack: { use: tiny, stages: { optimize: { factor: 0.5 } } }
            metrics: [ { use: count } ]
            execution: { workers: 1, batch: 4 }
            """;
    /** Shares data, target, generator and start points with the other one. */
    private static final String OTHER = with(PLAN, "factor: 0.5", "factor: 0.25");

    private static final String NOBODYS = "ab".repeat(32);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final TinyPlugin plugin = new TinyPlugin();

    @SuppressWarnings("NullAway.Init")
    private Runner runner;

    @BeforeEach
    void load() {
        runner = new Runner(Registry.of(List.of(plugin)), folder);
    }

    private Path runs() {
        return folder.resolve("runs");
    }

    private ArtifactStore store() {
        return runner.setting("runs").artifacts();
    }

    private void run(String plan, String name) {
        assertEquals(Outcome.DONE, runner.run(plan, name, "runs").outcome());
    }

    private void interrupt(String plan, String name) {
        AtomicBoolean cancelled = new AtomicBoolean();
        plugin.misbehaviour = () -> cancelled.set(true);
        assertEquals(
                Outcome.INTERRUPTED, runner.run(plan, name, "runs", cancelled).outcome());
        plugin.misbehaviour = () -> {};
    }

    private static String message(Executable refused) {
        return String.valueOf(
                assertThrows(InvalidConfigurationException.class, refused).getMessage());
    }

    private Unneeded free() {
        return Unneeded.free(runs(), file -> {});
    }

    private static Set<String> files(Path place) {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> place.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path place) throws IOException {
        Files.walkFileTree(place, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** What two runs left whose plans share half of their units, after the folder of the second was deleted. */
    private Set<String> oneOfTwo() throws IOException {
        run(PLAN, "one");
        Set<String> ofOne = files(store().folder());
        run(OTHER, "two");
        delete(runs().resolve("two"));
        return ofOne;
    }

    @Test
    void what_only_a_deleted_run_needed_is_freed_and_the_other_goes_on_with_everything_reused() throws IOException {
        Set<String> ofOne = oneOfTwo();
        assertFalse(ofOne.containsAll(files(store().folder())), "there is something to free");

        Unneeded freed = free();

        assertEquals(ofOne, files(store().folder()));
        assertEquals(
                List.of("gallery", "optimize"),
                freed.kinds().stream().map(Unneeded.Kind::name).toList());
        runner.told().clear();
        run(PLAN, "one");
        assertEquals(List.of(), runner.offered());
        assertEquals(0, free().count(), "nothing is left to free");
    }

    @Test
    void looking_changes_nothing_and_finds_what_is_freed_afterwards() throws IOException {
        oneOfTwo();
        Set<String> before = files(folder);

        Unneeded seen = Unneeded.in(runs());

        assertEquals(before, files(folder));
        Unneeded freed = free();
        assertEquals(seen, freed);
        before.removeAll(files(folder));
        assertEquals(before.size(), freed.count() + freed.references().size(), "every file that is gone was told");
        assertTrue(freed.bytes() > 0);
    }

    @Test
    void wherever_it_is_killed_no_reference_is_left_without_its_artifact_or_an_input() throws IOException {
        oneOfTwo();
        int files =
                Unneeded.in(runs()).count() + Unneeded.in(runs()).references().size();

        for (int killed = 0; killed < files; killed++) {
            int[] left = {1};
            assertThrows(
                    IllegalStateException.class,
                    () -> Unneeded.free(runs(), file -> {
                        if (left[0]-- == 0) {
                            throw new IllegalStateException("killed");
                        }
                    }),
                    "there is more than one file left");
            assertEquals(List.of(), dangling());
            if (Unneeded.in(runs()).count() + Unneeded.in(runs()).references().size() == 1) {
                break;
            }
        }
        free();
        runner.told().clear();
        run(PLAN, "one");
        assertEquals(List.of(), runner.offered());
    }

    private List<String> dangling() {
        List<String> dangling = new ArrayList<>();
        ProductStore products = new ProductStore(store());
        for (String digest : store().digests()) {
            Provenance made = products.find(digest).orElseThrow();
            made.inputs().stream()
                    .filter(input -> products.find(input).isEmpty())
                    .forEach(input -> dangling.add(digest + " has lost " + input));
        }
        return dangling;
    }

    @Test
    void a_run_that_was_interrupted_keeps_its_unfinished_training_and_what_it_made() throws IOException {
        interrupt(PLAN, "one");
        String target = StudyFolder.of(runs(), "one").units("one").getOrDefault("target/0", "");
        Files.createDirectories(store().unfinished(NOBODYS).resolveSibling(""));
        Files.writeString(store().unfinished(target), "an epoch");
        Files.writeString(store().unfinished(NOBODYS), "an epoch of a run that is gone");
        Set<String> before = files(store().folder());

        Unneeded freed = free();

        before.remove("unfinished/" + NOBODYS);
        assertEquals(before, files(store().folder()));
        assertEquals(List.of(new Unneeded.Kind("unfinished", 1, 30)), freed.kinds());
    }

    @Test
    void where_a_plan_does_not_tell_whose_an_unfinished_training_is_all_are_kept() throws IOException {
        interrupt(PLAN, "one");
        Path cell = StudyFolder.of(runs(), "one").cell("one");
        Files.writeString(
                cell,
                Files.readString(cell).replaceAll("target/0: \"?[0-9a-f]{64}\"?", "target/0: " + "cd".repeat(32)));
        assertTrue(Files.readString(cell).contains("cdcdcd"));
        Files.createDirectories(store().unfinished(NOBODYS).resolveSibling(""));
        Files.writeString(store().unfinished(NOBODYS), "an epoch");
        Set<String> before = files(store().folder());

        free();

        assertEquals(
                before, files(store().folder()), "the target was made under another digest, as with --accept-changed");
    }

    @Test
    void nothing_is_freed_while_a_run_is_under_way() throws IOException {
        oneOfTwo();
        Set<String> before = files(store().folder());
        List<String> refused = new ArrayList<>();
        plugin.misbehaviour = () -> refused.add(message(this::free));

        run(with(PLAN, "factor: 0.5", "factor: 0.125"), "three");

        assertTrue(refused.get(0).contains("a run is under way there: three"), refused.toString());
        assertTrue(files(store().folder()).containsAll(before));
    }

    @Test
    void no_run_begins_while_artifacts_are_freed() throws IOException {
        oneOfTwo();
        List<String> refused = new ArrayList<>();

        Unneeded.free(runs(), file -> refused.add(message(() -> runner.run(OTHER, "three", "runs"))));

        assertTrue(
                refused.get(0).contains("'obverse runs gc' frees artifacts beside it at this moment"), refused.get(0));
        run(OTHER, "three");
    }

    @Test
    void a_run_that_does_not_say_for_sure_what_it_needs_stands_in_the_way() throws IOException {
        oneOfTwo();
        Path journal = StudyFolder.of(runs(), "one").events();
        Path cell = StudyFolder.of(runs(), "one").cell("one");

        refused(journal, "nonsense\n" + Files.readString(journal), "is damaged (line 1");
        refused(cell, Files.readString(cell).replace("units:", "unit:"), "names no digests of units any more");
        refused(cell, Files.readString(cell).replace("metric/0", "metric/7"), "has no cell with the unit metric/0");
        refused(cell, "plan: [", "one.yaml");
        free();
    }

    private void refused(Path file, String content, String why) throws IOException {
        String whole = Files.readString(file);
        Files.writeString(file, content);
        Set<String> before = files(folder);
        String said = message(this::free);
        assertTrue(said.contains(why), said);
        assertEquals(said, message(() -> Unneeded.in(runs())));
        assertEquals(before, files(folder));
        Files.writeString(file, whole);
    }

    @Test
    void leftovers_are_freed_and_what_is_not_the_stores_own_is_left() throws IOException {
        run(PLAN, "one");
        Set<String> before = files(store().folder());
        store().save("draft", Content.of(new byte[] {1, 2, 3}));
        store().refer(NOBODYS, new byte[] {1});
        Files.writeString(store().folder().resolve("." + NOBODYS + ".123-abc.1.tmp"), "half");
        Files.writeString(store().folder().resolve("notes.txt"), "mine");

        Unneeded freed = free();

        before.add("notes.txt");
        assertEquals(before, files(store().folder()));
        assertEquals(
                List.of(new Unneeded.Kind("half written", 1, 4), new Unneeded.Kind("without a unit", 1, 3)),
                freed.kinds());
        assertFalse(files(store().folder()).contains(Sha256.of(new byte[] {1, 2, 3})));
    }

    @Test
    void artifacts_that_other_folders_may_share_are_left_alone() throws IOException {
        oneOfTwo();
        Path linked = Files.createDirectories(folder.resolve("linked"));
        Files.createSymbolicLink(linked.resolve("objects"), runs().resolve("objects"));

        String said = message(() -> Unneeded.free(linked, file -> {}));

        assertTrue(said.contains("is a link, so that runs of other folders may need what is there"), said);
    }

    @Test
    void a_folder_without_artifacts_has_nothing_to_free_and_nothing_is_made() {
        assertEquals(0, free().count());
        assertEquals(0, Unneeded.in(runs()).count());
        assertFalse(Files.exists(runs()));
    }
}
