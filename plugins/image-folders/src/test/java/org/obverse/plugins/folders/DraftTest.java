package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DraftTest {
    private static final String NAME = "key.rgb";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_draft_becomes_the_file_when_it_is_kept() throws IOException {
        Files.writeString(folder.resolve(NAME), "old");
        try (Draft draft = Draft.of(folder, NAME)) {
            draft.out().write(ByteBuffer.wrap("new".getBytes(StandardCharsets.UTF_8)));
            assertEquals("old", Files.readString(folder.resolve(NAME)));
            draft.keep();
        }

        assertEquals("new", Files.readString(folder.resolve(NAME)));
        assertEquals(List.of(NAME), names());
    }

    @Test
    void a_draft_that_is_not_kept_leaves_nothing() throws IOException {
        try (Draft draft = Draft.of(folder, NAME)) {
            draft.out().write(ByteBuffer.allocate(9));
        }

        assertEquals(List.of(), names());
    }

    @Test
    void what_a_killed_process_left_goes_when_the_next_draft_begins_whatever_it_was_to_become() throws IOException {
        String left = "other.rgb.7-7-7.draft";
        Files.writeString(folder.resolve(left), "half of it");
        Files.writeString(folder.resolve("other.rgb"), "whole");

        Draft.of(folder, NAME).close();

        assertEquals(List.of("other.rgb"), names());
    }

    @Test
    void what_another_process_is_writing_stays_until_its_lock_is_gone() throws IOException {
        Path others = Files.createFile(folder.resolve(NAME + ".7-7-7.draft"));
        try (FileChannel writing = FileChannel.open(others, StandardOpenOption.WRITE)) {
            writing.lock();
            Draft.of(folder, NAME).close();
            assertEquals(List.of(NAME + ".7-7-7.draft"), names());
        }

        Draft.of(folder, NAME).close();

        assertEquals(List.of(), names());
    }

    @Test
    void two_drafts_of_one_file_do_not_disturb_each_other() throws IOException {
        try (Draft first = Draft.of(folder, NAME);
                Draft second = Draft.of(folder, NAME)) {
            first.out().write(ByteBuffer.wrap(new byte[] {'1'}));
            second.out().write(ByteBuffer.wrap(new byte[] {'2'}));
            second.keep();
            first.keep();
        }

        assertEquals("1", Files.readString(folder.resolve(NAME)));
        assertEquals(List.of(NAME), names());
    }

    /** What one has made and not yet locked looks abandoned to the other. */
    @Test
    void processes_that_begin_drafts_in_one_folder_at_the_same_time_do_not_disturb_each_other()
            throws IOException, InterruptedException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DraftTest.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        try {
            begin(folder);
        } finally {
            assertEquals(0, other.waitFor());
        }
        assertEquals(List.of(), names());
    }

    /** The other process. */
    public static void main(String[] arguments) throws IOException {
        begin(Path.of(arguments[0]));
    }

    private static void begin(Path folder) throws IOException {
        for (int i = 0; i < 3_000; i++) {
            Draft.of(folder, NAME).close();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
