package org.obverse.plugins.folders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.obverse.api.data.FileBased.DataFile;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Workspace;

/**
 * Decoded and resized images, a byte per channel, in one file of the cache. The first reading decodes all of them, on all
 * processors; the file is named after the hashes of the pictures and what was done to them, so it serves every later run and is
 * never out of date. May be used by several threads.
 */
final class Pack {
    private static final String CACHE = "decoded-images";
    /** Bytes that are mapped at once, at most. */
    private static final long WINDOW = 1 << 28;

    private final Place place;
    private final List<Source> sources;
    private final Framing framing;
    private final KnownFiles known;
    private final Workspace workspace;
    private final int imageBytes;
    private final Object lock = new Object();
    private @Nullable List<DataFile> files;
    private @Nullable List<MappedByteBuffer> windows;

    /**
     * @param place to which the names of the sources are relative
     */
    Pack(Place place, List<Source> sources, Framing framing, Workspace workspace) {
        this.place = place;
        this.sources = List.copyOf(sources);
        this.framing = framing;
        this.known = new KnownFiles(place, workspace);
        this.workspace = workspace;
        this.imageBytes = 3 * framing.size() * framing.size();
    }

    /** The same pictures, made into other images. */
    Pack framed(Framing other) {
        return new Pack(place, sources, other, workspace);
    }

    int size() {
        return sources.size();
    }

    int side() {
        return framing.size();
    }

    /** The file of each image. */
    List<DataFile> files() {
        synchronized (lock) {
            List<DataFile> found = files;
            if (found == null) {
                found = known.of(sources);
                files = found;
            }
            return found;
        }
    }

    /**
     * Copies an image, {@code [3, side, side]}.
     *
     * @throws InvalidConfigurationException naming every picture that cannot be used, at the first reading
     */
    void copy(int index, byte[] to) {
        List<MappedByteBuffer> opened = windows();
        int perWindow = perWindow();
        opened.get(index / perWindow).get(index % perWindow * imageBytes, to, 0, imageBytes);
    }

    private int perWindow() {
        return (int) Math.max(1, WINDOW / imageBytes);
    }

    private List<MappedByteBuffer> windows() {
        synchronized (lock) {
            List<MappedByteBuffer> opened = windows;
            if (opened == null) {
                opened = open();
                windows = opened;
            }
            return opened;
        }
    }

    private List<MappedByteBuffer> open() {
        try {
            Path folder = workspace.cache().resolve(CACHE);
            Path file = folder.resolve(key() + ".rgb");
            if (!Files.exists(file) || Files.size(file) != (long) imageBytes * size()) {
                try (Draft draft = Draft.of(folder, Folders.name(file))) {
                    decode(draft.out());
                    draft.keep();
                }
            }
            return mapped(file);
        } catch (IOException e) {
            throw new UncheckedIOException("decoded images cannot be kept in " + workspace.cache(), e);
        }
    }

    private String key() {
        StringBuilder key = new StringBuilder(framing.key());
        List<DataFile> all = files();
        for (int i = 0; i < all.size(); i++) {
            key.append('\n')
                    .append(all.get(i).sha256())
                    .append(' ')
                    .append(sources.get(i).cut());
        }
        return Sha256.of(key.toString());
    }

    private void decode(FileChannel out) {
        List<List<Problem>> problems = workspace.map(
                "decoding %s at %dx%d".formatted(place.name(), side(), side()),
                IntStream.range(0, size()).boxed().toList(),
                index -> decode(sources.get(index), index, out));
        List<Problem> all = problems.stream().flatMap(List::stream).toList();
        if (!all.isEmpty()) {
            throw new InvalidConfigurationException(all);
        }
    }

    private List<Problem> decode(Source source, int index, FileChannel out) {
        try {
            ByteBuffer pixels = ByteBuffer.wrap(framing.of(source.picture()).planes());
            long at = (long) index * imageBytes;
            while (pixels.hasRemaining()) {
                at += out.write(pixels, at);
            }
            return List.of();
        } catch (UnreadablePictureException e) {
            return List.of(place.problem(source.file(), String.valueOf(e.getMessage()), e.wayOut()));
        } catch (IOException e) {
            throw new UncheckedIOException("decoded images cannot be kept in " + workspace.cache(), e);
        }
    }

    private List<MappedByteBuffer> mapped(Path file) throws IOException {
        long window = (long) perWindow() * imageBytes;
        List<MappedByteBuffer> mapped = new ArrayList<>();
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long at = 0; at < in.size(); at += window) {
                mapped.add(in.map(MapMode.READ_ONLY, at, Math.min(window, in.size() - at)));
            }
        }
        return mapped;
    }
}
