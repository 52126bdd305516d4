package org.obverse.plugins.folders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.obverse.api.data.FileBased.DataFile;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Workspace;

/**
 * The hashes of a folder's files. They are remembered in the cache: a file whose length and time of change are those of last time
 * is not read again, as git does it.
 */
final class KnownFiles {
    private static final String CACHE = "file-hashes";

    private final Place place;
    private final Workspace workspace;
    private final Path book;
    private final Map<String, Entry> known = Collections.synchronizedMap(new TreeMap<>());

    /** What was seen of a file; when it changed is the file system's word. */
    private record Entry(String sha256, long bytes, String changed) {}

    /**
     * @param place to which the names of sources are relative
     */
    KnownFiles(Place place, Workspace workspace) {
        this.place = place;
        this.workspace = workspace;
        this.book = workspace
                .cache()
                .resolve(CACHE)
                .resolve(Sha256.of(
                        place.folder().toAbsolutePath().normalize().toUri().toString()));
    }

    /** The files of all sources, in their order. What was hashed is remembered, even if not all of them come to it. */
    List<DataFile> of(List<Source> sources) {
        remember();
        try {
            return workspace.map("hashing " + place.name(), sources, this::look);
        } finally {
            write();
        }
    }

    private DataFile look(Source source) {
        Entry seen = entry(source);
        known.put(source.name(), seen);
        return new DataFile(source.name(), seen.bytes(), seen.sha256());
    }

    private Entry entry(Source source) {
        try {
            BasicFileAttributes now = Files.readAttributes(source.file(), BasicFileAttributes.class);
            String changed = now.lastModifiedTime().toString();
            Entry last = known.get(source.name());
            return last != null && last.bytes() == now.size() && last.changed().equals(changed)
                    ? last
                    : new Entry(Sha256.of(Files.readAllBytes(source.file())), now.size(), changed);
        } catch (IOException e) {
            throw new InvalidConfigurationException(
                    place.problem(source.file(), "cannot be read (" + e + ")", "make it readable, or remove it"));
        }
    }

    private void remember() {
        if (!Files.exists(book)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(book, StandardCharsets.UTF_8)) {
                String[] columns = line.split("\t", 4);
                if (columns.length == 4) {
                    known.put(columns[3], new Entry(columns[0], Long.parseLong(columns[1]), columns[2]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + book, e);
        }
    }

    private void write() {
        String lines = known.entrySet().stream()
                .map(file -> "%s\t%d\t%s\t%s\n"
                        .formatted(
                                file.getValue().sha256(),
                                file.getValue().bytes(),
                                file.getValue().changed(),
                                file.getKey()))
                .collect(Collectors.joining());
        try {
            try (Draft draft = Draft.of(workspace.cache().resolve(CACHE), Folders.name(book))) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines);
                while (bytes.hasRemaining()) {
                    draft.out().write(bytes);
                }
                draft.keep();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + book, e);
        }
    }
}
