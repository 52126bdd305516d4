package org.obverse.engine.lend;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.obverse.api.event.Progress;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Workspace;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.plugin.BuiltIn;
import org.obverse.engine.torch.TorchRuntime;

/**
 * Folders of this machine.
 *
 * @param torch whose threads work, one per processor as far as the heap has room for what they hold
 * @param manager an opened jar is closed with it
 * @param base the folder to which file names in the plan are relative
 * @param cached the folder for what can be made again
 * @param classes of the plugin, with its {@code builtin:} folders
 */
public record FolderWorkspace(
        TorchRuntime torch, NDManager manager, Path base, Path cached, ClassLoader classes, Supervision supervision)
        implements Workspace {
    /** What a thread may hold: a picture of 12 megapixels is 90 MB while it is decoded and resized. */
    private static final long HEAP_PER_THREAD = 128L << 20;

    /** {@code OBVERSE_CACHE}; without it {@code obverse} in {@code XDG_CACHE_HOME}, which is {@code ~/.cache} by default. */
    public static Path usersCache() {
        Map<String, String> environment = System.getenv();
        String own = environment.getOrDefault("OBVERSE_CACHE", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path parent = shared.isEmpty() ? Path.of(System.getProperty("user.home", ""), ".cache") : Path.of(shared);
        return parent.resolve("obverse");
    }

    @Override
    public Path path(String location) {
        if (location.startsWith(BuiltIn.PREFIX)) {
            return builtin(location);
        }
        try {
            return base.resolve(location);
        } catch (InvalidPathException e) {
            throw new InvalidConfigurationException(new Problem(
                    location, "is no file name (" + e.getReason() + ")", "give a path relative to the plan"));
        }
    }

    private Path builtin(String location) {
        BuiltIn folders = new BuiltIn(classes, "files", "");
        String resource = folders.resource(location);
        URL url = classes.getResource(resource);
        if (url == null) {
            throw folders.missing(location, "folders");
        }
        try {
            if (!(url.openConnection() instanceof JarURLConnection jar)) {
                return Path.of(url.toURI());
            }
            FileSystem opened =
                    FileSystems.newFileSystem(Path.of(jar.getJarFileURL().toURI()));
            manager.attachInternal(resource + "@" + System.identityHashCode(opened), opened);
            return opened.getPath("/" + resource);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + url, e);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(url + " cannot be read", e);
        }
    }

    @Override
    public Path cache() {
        try {
            return Files.createDirectories(cached);
        } catch (IOException e) {
            throw new InvalidConfigurationException(new Problem(
                    cached.toString(),
                    "decoded images cannot be kept there (" + e + ")",
                    "name a folder that can be written in the environment variable OBVERSE_CACHE"));
        }
    }

    /** Progress is told by the thread that calls, as items are done in their order. */
    @Override
    public <T, R> List<R> map(String task, List<T> items, Function<T, R> work) {
        Function<T, R> watched = item -> {
            supervision.checkpoint();
            return work.apply(item);
        };
        Runtime machine = Runtime.getRuntime();
        int threads = Math.min(items.size(), threads(machine.availableProcessors(), machine.maxMemory()));
        if (threads < 2) {
            List<R> results = new ArrayList<>();
            for (T item : items) {
                results.add(watched.apply(item));
                supervision.progress().accept(new Progress.OfTask(task, results.size(), items.size()));
            }
            return results;
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads, torch.threads("reader"));
        try {
            List<Future<R>> futures = new ArrayList<>();
            items.forEach(item -> futures.add(pool.submit(() -> watched.apply(item))));
            return results(task, futures);
        } finally {
            pool.shutdownNow();
        }
    }

    /** How many threads work at most. */
    static int threads(int processors, long heap) {
        return (int) Math.max(1, Math.min(processors, heap / HEAP_PER_THREAD));
    }

    private <R> List<R> results(String task, List<Future<R>> futures) {
        List<R> results = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (Future<R> future : futures) {
            try {
                results.add(future.get());
                supervision.progress().accept(new Progress.OfTask(task, results.size(), futures.size()));
            } catch (ExecutionException e) {
                failures.add(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancelledException();
            }
        }
        for (Throwable failure : failures) {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            throw new IllegalStateException(failure);
        }
        return results;
    }
}
