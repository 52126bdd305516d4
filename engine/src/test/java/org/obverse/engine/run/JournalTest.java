package org.obverse.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunEvent;

final class JournalTest {
    private static final RunEvent PLANNED = new RunEvent.Planned("digest", List.of("data", "target"));
    private static final RunEvent REQUESTED = new RunEvent.Requested("data", "faces");
    private static final RunEvent FAILED = new RunEvent.Failed("data", "faces", "it said \"no\"\nand left");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void write() {
        file = folder.resolve("events.jsonl");
        try (Journal journal = Journal.open(file)) {
            journal.append(PLANNED);
            journal.append(REQUESTED);
        }
    }

    @Test
    void facts_come_back_in_order() {
        try (Journal journal = Journal.open(file)) {
            journal.append(FAILED);
        }
        assertEquals(List.of(PLANNED, REQUESTED, FAILED), Journal.read(file));
    }

    @Test
    void a_torn_last_line_is_dropped_and_written_over() throws IOException {
        Files.writeString(file, "{\"event\":\"comple", StandardOpenOption.APPEND);
        assertEquals(List.of(PLANNED, REQUESTED), Journal.read(file));

        try (Journal journal = Journal.open(file)) {
            journal.append(FAILED);
        }
        assertEquals(List.of(PLANNED, REQUESTED, FAILED), Journal.read(file));
    }

    @Test
    void damage_in_the_middle_is_an_error_and_not_a_shorter_run() throws IOException {
        String whole = Files.readString(file);
        Files.writeString(file, whole.replaceFirst("planned", "pl-nned"));

        IllegalStateException e = assertThrows(IllegalStateException.class, () -> Journal.read(file));
        assertTrue(String.valueOf(e.getMessage()).contains("events.jsonl"), e.getMessage());
    }

    @Test
    void a_run_that_never_began_has_no_facts() {
        assertEquals(List.of(), Journal.read(folder.resolve("none.jsonl")));
    }
}
