package org.obverse.plugins.folders;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hashes of files as they are kept: a line for each, with SHA-256, bytes, time of change and name, and a last line with the SHA-256 of
 * all others. A book that is damaged in any way is worth nothing, and made anew.
 */
record HashBook(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(HashBook.class);

    /** What was seen of a file; when it changed is the file system's word. */
    record Entry(String sha256, long bytes, String changed) {}

    /** By the names of the files; nothing if there is no book, or it is damaged. */
    Map<String, Entry> read() {
        Map<String, Entry> entries = new TreeMap<>();
        if (!Files.exists(path)) {
            return entries;
        }
        MessageDigest digest = Sha256.digest();
        try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            String last = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
                String[] columns = line.split("\t", 4);
                if (columns.length == 4) {
                    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
                    entries.put(columns[3], new Entry(columns[0], Long.parseLong(columns[1]), columns[2]));
                }
            }
            if (last.equals(Sha256.digits(digest))) {
                return entries;
            }
            LOG.warn("the hashes of files that were kept in {} are damaged; all files are hashed again", path);
        } catch (IOException | NumberFormatException e) {
            LOG.warn(
                    "the hashes of files that were kept in {} cannot be read; all files are hashed again ({})",
                    path,
                    e.toString());
        }
        return new TreeMap<>();
    }

    /** Writes a book to the draft of its file. */
    static void write(Map<String, Entry> entries, FileChannel out) throws IOException {
        StringBuilder lines = new StringBuilder();
        entries.forEach((name, entry) ->
                lines.append("%s\t%d\t%s\t%s\n".formatted(entry.sha256(), entry.bytes(), entry.changed(), name)));
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines + Sha256.of(lines.toString()) + "\n");
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
