package org.obverse.plugins.shared;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.obverse.api.store.ObjectStore;

/**
 * An object is a file, its key the path below the folder. It is written under a name that begins with a dot, put on the disk, and
 * then given its own name as a second one, which a file system refuses if there is such a file: the one step that NFS, too, does whole
 * (link(2)). NFS must be mounted with {@code lookupcache=positive}, or a machine that looked for an object does not see for up to a minute that
 * another one put it. What a process that was killed was writing stays behind under the name with the dot.
 *
 * @param folder which is there
 */
record FolderStore(Path folder) implements ObjectStore {
    @Override
    public boolean putIfAbsent(String key, Path bytes) throws IOException {
        Path object = folder.resolve(key);
        if (Files.exists(object)) {
            return false;
        }
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "the disk is not mounted any more");
        }
        Path above = Files.createDirectories(object.resolveSibling(""));
        Path draft = Files.createTempFile(above, ".", "");
        try {
            Files.copy(bytes, draft, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel written = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.createLink(object, draft);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException e) {
            throw new IOException(
                    "the file system of " + folder + " knows no links, without which two may put one key", e);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    @Override
    public boolean get(String key, OutputStream bytes) throws IOException {
        try {
            Files.copy(folder.resolve(key), bytes);
            return true;
        } catch (NoSuchFileException e) {
            requireMounted();
            return false;
        }
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        String above = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        if (!Files.isDirectory(folder.resolve(above))) {
            requireMounted();
            return List.of();
        }
        List<String> keys = new ArrayList<>();
        collect(above, keys);
        return keys.stream().filter(key -> key.startsWith(prefix)).sorted().toList();
    }

    /** Others put and remove meanwhile. */
    private void collect(String above, List<String> keys) throws IOException {
        List<Path> files;
        try (Stream<Path> below = Files.list(folder.resolve(above))) {
            files = below.toList();
        }
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            if (Files.isDirectory(file)) {
                collect(above + name + "/", keys);
            } else if (!name.startsWith(".") && Files.exists(file)) {
                keys.add(above + name);
            }
        }
    }

    @Override
    public void remove(String key) throws IOException {
        Files.deleteIfExists(folder.resolve(key));
    }

    private void requireMounted() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "it was there when the run began");
        }
    }

    @Override
    public void close() {}
}
