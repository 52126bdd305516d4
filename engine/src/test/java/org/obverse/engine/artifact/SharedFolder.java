package org.obverse.engine.artifact;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.obverse.api.store.ObjectStore;

/** A store in a folder that several processes share, and that can be away. */
public record SharedFolder(Path folder, AtomicBoolean away) implements ObjectStore {
    public SharedFolder(Path folder) {
        this(folder, new AtomicBoolean());
    }

    /** For runs that keep their own things in another folder. */
    public RemoteStore with(ArtifactStore here) {
        return new RemoteStore(this, "store 'shared'", here);
    }

    public Path file(String key) {
        return folder.resolve(key);
    }

    private Path reached(String key) throws IOException {
        if (away.get()) {
            throw new IOException("no route to host");
        }
        return file(key);
    }

    @Override
    public boolean putIfAbsent(String key, Path bytes) throws IOException {
        Path file = reached(key);
        Files.createDirectories(file.resolveSibling(""));
        Path draft = Files.createTempFile(folder, "", "");
        try {
            Files.write(draft, Files.readAllBytes(bytes));
            Files.createLink(file, draft);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.delete(draft);
        }
    }

    @Override
    public boolean get(String key, OutputStream bytes) throws IOException {
        try {
            bytes.write(Files.readAllBytes(reached(key)));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        Path in = reached(prefix.substring(0, prefix.lastIndexOf('/')));
        if (!Files.isDirectory(in)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(in)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(key -> key.startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void remove(String key) throws IOException {
        Files.deleteIfExists(reached(key));
    }

    @Override
    public void close() {}
}
