package org.obverse.engine.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.event.RunFact;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The facts of a run, one JSON object per line, each on the disk before it is told to anyone. */
public final class Journal implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final FileChannel channel;

    private Journal(FileChannel channel) {
        this.channel = channel;
    }

    /** Opens a journal to append to; a torn last line is dropped. */
    public static Journal open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(wholeLines(file));
            channel.position(channel.size());
            return new Journal(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the journal " + file, e);
        }
    }

    /**
     * The facts in a journal, without a torn last line; none if there is no such file.
     *
     * @throws IllegalStateException if a line is no fact
     */
    public static List<RunFact> read(Path file) {
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            byte[] bytes = Files.readAllBytes(file);
            String whole = new String(bytes, 0, wholeLines(file), StandardCharsets.UTF_8);
            List<RunFact> events = new ArrayList<>();
            for (String line : whole.lines().toList()) {
                events.add(JSON.readValue(line, RunFact.class));
            }
            return events;
        } catch (JacksonException e) {
            throw new IllegalStateException(file + " is damaged: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the journal " + file, e);
        }
    }

    /** The length of the file up to its last line break: what follows was torn off by a crash. */
    private static int wholeLines(Path file) throws IOException {
        byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /** Writes a fact to the disk. */
    public void append(RunFact event) {
        ByteBuffer line = StandardCharsets.UTF_8.encode(JSON.writeValueAsString(event) + "\n");
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the journal", e);
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
}
