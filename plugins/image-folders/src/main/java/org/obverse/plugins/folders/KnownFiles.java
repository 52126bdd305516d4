package org.obverse.plugins.folders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.obverse.api.data.FileBased.DataFile;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Workspace;
import org.obverse.plugins.folders.HashBook.Entry;

/**
 * The hashes of a folder's files. They are remembered in the cache: a file whose length and times of change are those of last time is
 * not read again, as git does it. One of these times, Unix's ctime, is set by nobody but the system, so that a file of other contents
 * is seen also if its length and its time of modification are the same.
 */
final class KnownFiles {
    private static final String CACHE = "file-hashes";

    private final Place place;
    private final Workspace workspace;
    private final String name;

    /**
     * @param place to which the names of sources are relative
     */
    KnownFiles(Place place, Workspace workspace) {
        this.place = place;
        this.workspace = workspace;
        this.name =
                Sha256.of(place.folder().toAbsolutePath().normalize().toUri().toString());
    }

    /** The files of all sources, in their order. What was hashed is remembered, even if not all of them come to it. */
    List<DataFile> of(List<Source> sources) {
        Path folder = workspace.cache().resolve(CACHE);
        try (Draft draft = Draft.of(folder, name)) {
            Map<String, Entry> known = Collections.synchronizedMap(new HashBook(folder.resolve(name)).read());
            FileTime begun = draft.begun();
            try {
                return workspace.map("hashing " + place.name(), sources, source -> look(source, known, begun));
            } finally {
                HashBook.write(known, draft.out());
                draft.keep();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("hashes of files cannot be kept in " + folder, e);
        }
    }

    private DataFile look(Source source, Map<String, Entry> known, FileTime begun) {
        try {
            FileState now = FileState.of(source.file());
            Entry last = known.get(source.name());
            if (last != null && last.bytes() == now.bytes() && last.changed().equals(now.times())) {
                return new DataFile(source.name(), last.bytes(), last.sha256());
            }
            String sha256 = RegularFile.sha256(source.file());
            known.remove(source.name());
            // What changed since cannot be told from what changes again within the same tick of the file system's
            // clock.
            if (now.changed().compareTo(begun) < 0) {
                known.put(source.name(), new Entry(sha256, now.bytes(), now.times()));
            }
            return new DataFile(source.name(), now.bytes(), sha256);
        } catch (NoSuchFileException e) {
            throw refused(source, "is gone since the folder was listed", "put it back, or begin again");
        } catch (IOException e) {
            throw refused(source, "cannot be read (" + e + ")", "make it readable, or remove it");
        } catch (UnreadablePictureException e) {
            throw refused(source, String.valueOf(e.getMessage()), e.wayOut());
        }
    }

    private InvalidConfigurationException refused(Source source, String message, String wayOut) {
        return new InvalidConfigurationException(place.problem(source.file(), message, wayOut));
    }

    /**
     * What the file system says of a file.
     *
     * @param times of its last change, as text
     * @param changed the last of them
     */
    private record FileState(long bytes, String times, FileTime changed) {
        private static final String MODIFIED = "lastModifiedTime";

        static FileState of(Path file) throws IOException {
            boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
            String changes = unix ? "ctime" : MODIFIED;
            Map<String, Object> seen =
                    Files.readAttributes(file, (unix ? "unix:" : "") + "size," + MODIFIED + "," + changes);
            FileTime changed = (FileTime) Objects.requireNonNull(seen.get(changes));
            return new FileState(
                    (Long) Objects.requireNonNull(seen.get("size")), seen.get(MODIFIED) + " " + changed, changed);
        }
    }
}
