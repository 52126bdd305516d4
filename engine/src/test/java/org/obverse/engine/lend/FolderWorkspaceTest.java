package org.obverse.engine.lend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.Progress;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.plugin.BuiltIn;
import org.obverse.engine.torch.TorchRuntime;

final class FolderWorkspaceTest {
    private static final TorchRuntime TORCH = TorchRuntime.start();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void a_location_is_relative_to_the_plan() {
        assertEquals(
                folder.resolve("data/faces"),
                workspace(getClass().getClassLoader()).path("data/faces"));
    }

    @Test
    void a_location_that_is_no_file_name_is_refused() {
        FolderWorkspace workspace = workspace(getClass().getClassLoader());

        assertThrows(InvalidConfigurationException.class, () -> workspace.path("a\0b"));
        assertThrows(InvalidConfigurationException.class, () -> workspace.path("builtin:nothing"));
    }

    @Test
    void a_folder_of_the_plugins_jar_is_read_like_any_other_until_the_component_is_closed() throws IOException {
        Path jar = folder.resolve("plugin.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("files/"));
            zip.putNextEntry(new ZipEntry("files/faces/"));
            zip.putNextEntry(new ZipEntry("files/faces/a.txt"));
            zip.write("hello".getBytes(StandardCharsets.UTF_8));
        }
        try (URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
                NDManager manager = TORCH.manager().newSubManager()) {
            Path faces = new FolderWorkspace(TORCH, manager, folder, folder, classes, Supervision.none())
                    .path("builtin:faces");

            assertEquals("hello", Files.readString(faces.resolve("a.txt")));
            manager.close();
            assertTrue(!faces.getFileSystem().isOpen());
        }
    }

    @Test
    void a_misspelt_name_of_what_a_plugin_brings_is_answered_with_the_near_one_and_those_there_are()
            throws IOException {
        Path jar = folder.resolve("plugin.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : List.of(
                    "files/",
                    "files/faces/",
                    "files/faces/a.txt",
                    "files/dogs/",
                    "weights/",
                    "weights/faces.safetensors")) {
                zip.putNextEntry(new ZipEntry(name));
            }
        }
        Path classes = folder.resolve("classes");
        Files.createDirectories(classes.resolve("files/cats"));
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {jar.toUri().toURL(), classes.toUri().toURL()}, null)) {
            assertEquals(
                    "builtin:face: the plugin has no resource files/face; did you mean 'builtin:faces'? folders that the"
                            + " plugin brings: builtin:cats, builtin:dogs, builtin:faces; or give a path relative to the plan",
                    refusal(() -> workspace(loader).path("builtin:face")));
            assertEquals(
                    "builtin:facse: the plugin has no resource weights/facse.safetensors; did you mean 'builtin:faces'?"
                            + " weights that the plugin brings: builtin:faces; or give a path relative to the plan",
                    refusal(() -> {
                        throw new BuiltIn(loader, "weights", ".safetensors").missing("builtin:facse", "weights");
                    }));
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {}, null)) {
            String none = refusal(() -> workspace(loader).path("builtin:faces"));
            assertTrue(none.contains("; there are no folders that the plugin brings; or give a path"), none);
        }
    }

    private static String refusal(Executable call) {
        return assertThrows(InvalidConfigurationException.class, call).problems().stream()
                .map(problem -> problem.path() + ": " + problem.message() + "; " + problem.wayOut())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void the_cache_is_made_when_it_is_asked_for() {
        FolderWorkspace workspace = new FolderWorkspace(
                TORCH,
                TORCH.manager(),
                folder,
                folder.resolve("not/yet"),
                getClass().getClassLoader(),
                Supervision.none());

        assertTrue(Files.isDirectory(workspace.cache()));
    }

    @Test
    void items_are_worked_on_by_several_threads_and_results_keep_their_order() {
        int threads = Math.min(2, Runtime.getRuntime().availableProcessors());
        CountDownLatch together = new CountDownLatch(threads);
        ConcurrentSkipListSet<String> names = new ConcurrentSkipListSet<>();

        List<Integer> doubled = workspace(getClass().getClassLoader())
                .map("doubling", IntStream.range(0, 50).boxed().toList(), item -> {
                    names.add(Thread.currentThread().getName());
                    together.countDown();
                    await(together);
                    return 2 * item;
                });

        assertEquals(IntStream.range(0, 50).mapToObj(i -> 2 * i).toList(), doubled);
        assertTrue(names.size() >= threads, names.toString());
    }

    @Test
    void no_more_threads_work_than_the_heap_has_room_for() {
        assertEquals(8, FolderWorkspace.threads(64, 1L << 30));
        assertEquals(4, FolderWorkspace.threads(4, 1L << 40));
        assertEquals(1, FolderWorkspace.threads(64, 1L << 20));
    }

    @Test
    void the_first_failure_in_the_order_of_the_items_is_thrown_once_all_are_done() {
        ConcurrentSkipListSet<Integer> done = new ConcurrentSkipListSet<>();

        IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> workspace(getClass().getClassLoader()).map("trying", List.of(0, 1, 2, 3), item -> {
                    done.add(item);
                    if (item % 2 == 1) {
                        throw new IllegalStateException("item " + item);
                    }
                    return item;
                }));

        assertEquals("item 1", thrown.getMessage());
        assertEquals(4, done.size());
    }

    @Test
    void a_cancelled_map_ends_with_the_items_that_were_begun() {
        int threads = Math.min(1000, Runtime.getRuntime().availableProcessors());
        AtomicBoolean cancelled = new AtomicBoolean();
        AtomicInteger begun = new AtomicInteger();
        FolderWorkspace workspace = supervised(new Supervision(cancelled, shown -> {}));

        assertThrows(
                CancelledException.class,
                () -> workspace.map("counting", IntStream.range(0, 1000).boxed().toList(), item -> {
                    if (begun.incrementAndGet() == 5) {
                        cancelled.set(true);
                    }
                    return item;
                }));

        assertTrue(begun.get() >= 5 && begun.get() < 5 + threads, begun + " of 1000 were begun by " + threads);
    }

    @Test
    void every_item_that_is_done_is_told_in_order() {
        List<String> told = new ArrayList<>();

        supervised(new Supervision(
                        new AtomicBoolean(),
                        shown -> told.add(((Progress.OfTask) shown).task() + " " + shown.done() + "/" + shown.total())))
                .map("reading", List.of("a", "b", "c"), item -> item);

        assertEquals(List.of("reading 1/3", "reading 2/3", "reading 3/3"), told);
    }

    private FolderWorkspace workspace(ClassLoader classes) {
        return new FolderWorkspace(
                TORCH, TORCH.manager(), folder, folder.resolve("cache"), classes, Supervision.none());
    }

    private FolderWorkspace supervised(Supervision supervision) {
        return new FolderWorkspace(
                TORCH, TORCH.manager(), folder, folder, getClass().getClassLoader(), supervision);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
