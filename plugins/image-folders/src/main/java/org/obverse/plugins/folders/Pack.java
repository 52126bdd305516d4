package org.obverse.plugins.folders;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.obverse.api.data.FileBased.DataFile;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Workspace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decoded and resized images, a byte per channel, in one file of the cache. The first reading decodes all of them, on all
 * processors; the file is named after the hashes of the pictures and what was done to them, so it serves every later run and is
 * never out of date. If it was damaged it is made anew, whenever that shows. May be used by several threads.
 */
final class Pack {
    private static final String CACHE = "decoded-images";
    private static final String DAMAGED =
            "the decoded images that were kept in {} are damaged; all pictures are decoded again";
    private static final Logger LOG = LoggerFactory.getLogger(Pack.class);

    private final Place place;
    private final List<Source> sources;
    private final Framing framing;
    private final KnownFiles known;
    private final Workspace workspace;
    private final int imageBytes;
    private final Object lock = new Object();
    private @Nullable List<DataFile> files;
    private @Nullable PackFile opened;

    /**
     * @param place to which the names of the sources are relative
     */
    Pack(Place place, List<Source> sources, Framing framing, Workspace workspace) {
        this.place = place;
        this.sources = List.copyOf(sources);
        this.framing = framing;
        this.known = new KnownFiles(place, workspace);
        this.workspace = workspace;
        this.imageBytes = (int) framing.shape().size();
    }

    /** The same pictures, made into other images. */
    Pack framed(Framing other) {
        return new Pack(place, sources, other, workspace);
    }

    int size() {
        return sources.size();
    }

    /** The shape of an image. */
    Shape shape() {
        return framing.shape();
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
     * Copies an image, {@code [channels, side, side]}.
     *
     * @throws InvalidConfigurationException naming every picture that cannot be used, when pictures are decoded
     */
    void copy(int index, byte[] to) {
        PackFile opened = opened();
        if (!opened.read(index, to) && !renewed(opened).read(index, to)) {
            throw notKept(new IOException("images are other ones than were written"));
        }
    }

    private PackFile opened() {
        synchronized (lock) {
            PackFile found = opened;
            if (found == null) {
                found = open();
                opened = found;
            }
            return found;
        }
    }

    /** Decodes all pictures again in the place of a file that is damaged, unless another thread has done so. */
    private PackFile renewed(PackFile damaged) {
        synchronized (lock) {
            if (opened == damaged) {
                try {
                    LOG.warn(DAMAGED, file());
                    opened = made(file());
                } catch (IOException e) {
                    throw notKept(e);
                }
            }
        }
        return opened();
    }

    private PackFile open() {
        try {
            Path file = file();
            if (PackFile.fits(file, size(), imageBytes)) {
                return PackFile.open(file, size(), imageBytes);
            }
            if (Files.exists(file)) {
                LOG.warn(DAMAGED, file);
            }
            return made(file);
        } catch (IOException e) {
            throw notKept(e);
        }
    }

    private PackFile made(Path file) throws IOException {
        try (Draft draft = Draft.of(workspace.cache().resolve(CACHE), Names.of(file))) {
            decode(draft.out());
            draft.keep();
        }
        return PackFile.open(file, size(), imageBytes);
    }

    private Path file() {
        return workspace.cache().resolve(CACHE).resolve(key() + ".rgb");
    }

    private UncheckedIOException notKept(IOException e) {
        return new UncheckedIOException("decoded images cannot be kept in " + workspace.cache(), e);
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
        List<DataFile> seen = files();
        Room room = Room.ofThisJava();
        List<List<Problem>> problems = workspace.map(
                "decoding %s at %dx%d".formatted(place.name(), framing.size(), framing.size()),
                IntStream.range(0, size()).boxed().toList(),
                index -> decode(index, seen.get(index).sha256(), room, out));
        place.refuse(problems.stream().flatMap(List::stream).toList());
    }

    private List<Problem> decode(int index, String sha256, Room room, FileChannel out) {
        Source source = sources.get(index);
        try {
            byte[] image = source.image(sha256, framing, room).planes(framing.channels());
            PackFile.write(out, index, image, size());
            return List.of();
        } catch (UnreadablePictureException e) {
            return List.of(place.problem(source.file(), String.valueOf(e.getMessage()), e.wayOut()));
        } catch (IOException e) {
            throw notKept(e);
        }
    }
}
