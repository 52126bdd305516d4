package org.obverse.engine.drive;

import com.google.common.io.ByteStreams;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.event.RunFact;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.Damaged;
import org.obverse.engine.artifact.DurableFolder;
import org.obverse.engine.artifact.RegularFile;
import org.obverse.engine.artifact.StoredJson;

/** The facts of a run, one JSON object per line, each on the disk before it is told to anyone. */
public final class Journal implements AutoCloseable {
    private static final int BLOCK = 1 << 13;

    private final Path file;
    private final FileChannel channel;

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens a journal to append to; a torn last line is dropped.
     *
     * @throws InvalidConfigurationException if it is no regular file
     */
    public static Journal open(Path file) {
        RegularFile.requireIfThere(file);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            DurableFolder.of(file).sync();
            channel.truncate(wholeLines(file));
            channel.position(channel.size());
            return new Journal(file, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the journal " + file, e);
        }
    }

    /**
     * What a journal says.
     *
     * @param facts of all lines that can be read
     * @param damage what is wrong with the file; empty if nothing is. A torn last line is no damage
     */
    public record Reading(List<RunFact> facts, String damage) {
        public Reading {
            facts = List.copyOf(facts);
        }

        public boolean isDamaged() {
            return !damage.isEmpty();
        }
    }

    /**
     * Reads a journal, without a torn last line; without facts if there is no such file.
     *
     * @throws InvalidConfigurationException if it is no regular file
     */
    public static Reading read(Path file) {
        RegularFile.requireIfThere(file);
        try {
            if (!Files.exists(file)) {
                return new Reading(List.of(), "");
            }
            try (InputStream whole = ByteStreams.limit(Files.newInputStream(file), wholeLines(file))) {
                return read(new Lines(whole));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the journal " + file, e);
        }
    }

    private static Reading read(Lines lines) throws IOException {
        List<RunFact> facts = new ArrayList<>();
        String damage = "";
        EventGrammar grammar = new EventGrammar();
        int number = 0;
        while (lines.next()) {
            number++;
            try {
                RunFact fact = StoredJson.read(new InputStreamReader(lines, StandardCharsets.UTF_8), RunFact.class);
                facts.add(fact);
                if (damage.isEmpty()) {
                    grammar.accept(fact);
                }
            } catch (IllegalStateException | IllegalArgumentException e) {
                damage = damage.isEmpty() ? "line " + number + ": " + e.getMessage() : damage;
            }
        }
        return new Reading(facts, damage);
    }

    /**
     * Keeps a damaged journal under another name, and writes one in its place that says what is known to be finished.
     *
     * @param planned the units of the run
     * @param finished facts of finished units, each behind those of its inputs; when they were made it does not say any more
     */
    public static void renew(Path file, RunFact.Planned planned, List<RunFact> finished) {
        try {
            Damaged.keep(file, "it is kept, and what can be proven from the artifacts goes on");
            ArtifactStore.writeWhole(file, channel -> {
                OutputStream lines = bytes(channel);
                write(planned, lines);
                for (RunFact fact : finished) {
                    write(
                            fact instanceof RunFact.Completed made
                                    ? new RunFact.Reused(made.unit(), made.digest(), made.artifact(), made.summary())
                                    : fact,
                            lines);
                }
                lines.flush();
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the journal " + file, e);
        }
    }

    private static OutputStream bytes(WritableByteChannel channel) {
        return new BufferedOutputStream(Channels.newOutputStream(channel));
    }

    private static void write(RunFact fact, OutputStream lines) throws IOException {
        StoredJson.write(fact, lines);
        lines.write('\n');
    }

    /** The length of the file up to its last line break: what follows was torn off by a crash. */
    private static long wholeLines(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            byte[] block = new byte[BLOCK];
            long end = bytes.length();
            while (end > 0) {
                int size = (int) Math.min(end, BLOCK);
                bytes.seek(end - size);
                bytes.readFully(block, 0, size);
                for (int i = size; i > 0; i--) {
                    if (block[i - 1] == '\n') {
                        return end - size + i;
                    }
                }
                end -= size;
            }
            return 0;
        }
    }

    /**
     * Writes a fact to the disk.
     *
     * @throws UncheckedIOException also if somebody deleted or moved the file, so that nobody would find the fact
     */
    public void append(RunFact event) {
        if (!Files.isRegularFile(file)) {
            throw new UncheckedIOException(
                    "the folder of this run was deleted or moved while it went on; what is finished is kept in the folder objects, and the plan can be run again",
                    new NoSuchFileException(file.toString()));
        }
        try {
            OutputStream line = bytes(channel);
            write(event, line);
            line.flush();
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the journal " + file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the journal", e);
        }
    }

    /** The lines of a file, each read to its end; that of a plan may be longer than a text can be. */
    private static final class Lines extends InputStream {
        private final InputStream file;
        private final byte[] block = new byte[BLOCK];
        private int at;
        private int end;
        private boolean ended = true;

        Lines(InputStream file) {
            this.file = file;
        }

        /** Goes to the next line, if there is one. */
        boolean next() throws IOException {
            transferTo(OutputStream.nullOutputStream());
            ended = false;
            return fill();
        }

        private boolean fill() throws IOException {
            if (at == end) {
                at = 0;
                end = Math.max(0, file.read(block));
            }
            return at < end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (ended || !fill()) {
                return -1;
            }
            int size = 0;
            while (size < Math.min(length, end - at) && block[at + size] != '\n') {
                size++;
            }
            System.arraycopy(block, at, bytes, offset, size);
            ended = size == 0;
            at += ended ? 1 : size;
            return ended ? -1 : size;
        }
    }
}
