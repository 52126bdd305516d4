package org.obverse.engine.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.PlannedUnit;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;

final class JournalTest {
    private static final UnitName DATA = new UnitName("data", 0, List.of());
    private static final UnitName SEARCH = new UnitName("optimize", 3, List.of(7, 2));
    private static final RunFact PLANNED = new RunFact.Planned(
            List.of(new PlannedUnit(DATA, "faces", List.of()), new PlannedUnit(SEARCH, "latent-adam", List.of(DATA))));
    private static final RunFact OFFERED = new RunFact.Offered(DATA);
    private static final RunFact FAILED = new RunFact.Failed(DATA, "it said \"no\"\nand left");
    private static final RunFact COMPLETED = new RunFact.Completed(
            SEARCH,
            "digest",
            "artifact",
            new Summary(
                    Map.of("best score", 0.1, "loss", Double.NaN),
                    Map.of("white-box", 12_000_000_000L),
                    List.of(Map.of("loss", 1.5), Map.of("loss", 0.5))));

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
            journal.append(OFFERED);
        }
    }

    @Test
    void facts_come_back_in_order() {
        try (Journal journal = Journal.open(file)) {
            journal.append(FAILED);
            journal.append(COMPLETED);
        }
        assertEquals(
                List.of(PLANNED, OFFERED, FAILED, COMPLETED), Journal.read(file).facts());
    }

    @Test
    void a_torn_last_line_is_dropped_and_written_over() throws IOException {
        Files.writeString(file, "{\"event\":\"comple", StandardOpenOption.APPEND);
        assertEquals(List.of(PLANNED, OFFERED), Journal.read(file).facts());

        try (Journal journal = Journal.open(file)) {
            journal.append(FAILED);
        }
        assertEquals(List.of(PLANNED, OFFERED, FAILED), Journal.read(file).facts());
    }

    @ParameterizedTest
    @ValueSource(ints = {8192, 20_000})
    void a_torn_line_is_dropped_however_long_it_is(int length) throws IOException {
        Files.writeString(file, "x".repeat(length), StandardOpenOption.APPEND);

        assertEquals(new Journal.Reading(List.of(PLANNED, OFFERED), ""), Journal.read(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g\u0000rbage",
                "",
                "{}",
                "[1, 2]",
                "{\"event\":\"plann",
                "null",
                "{\"event\":\"planned\"}",
                "{\"event\":\"completed\",\"unit\":\"target/0\",\"digest\":null,\"artifact\":\"a\",\"summary\":{\"figures\":{},\"queries\":{},\"epochs\":[]}}",
                "{\"event\":\"planned\",\"units\":[null]}",
                "\uFEFF"
            })
    void damage_is_told_with_its_line_and_hides_no_other_line(String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
        try (Journal journal = Journal.open(file)) {
            journal.append(FAILED);
        }

        Journal.Reading read = Journal.read(file);

        assertTrue(read.damage().startsWith("line 3: "), read.damage());
        assertEquals(List.of(PLANNED, OFFERED, FAILED), read.facts());
    }

    @Test
    void what_follows_in_a_damaged_line_is_no_fact_even_where_a_block_begins() throws IOException {
        String offered = Files.readAllLines(file).get(1);
        int rest = (int) (8192 - Files.size(file));
        Files.writeString(file, "x".repeat(rest) + offered + "\n", StandardOpenOption.APPEND);

        assertEquals(List.of(PLANNED, OFFERED), Journal.read(file).facts());
    }

    @ParameterizedTest
    @ValueSource(ints = {8190, 8191, 8192, 8193})
    void a_line_may_end_anywhere(int length) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String planned = lines.get(0) + " ".repeat(length - lines.get(0).length());
        Files.writeString(file, planned + "\n" + lines.get(1) + "\n");

        assertEquals(new Journal.Reading(List.of(PLANNED, OFFERED), ""), Journal.read(file));
    }

    @Test
    void a_line_that_may_not_stand_where_it_stands_is_damage() throws IOException {
        String offered = Files.readAllLines(file).get(1) + "\n";
        Files.writeString(file, offered, StandardOpenOption.APPEND);

        assertTrue(
                Journal.read(file).damage().startsWith("line 3: "),
                Journal.read(file).damage());
    }

    @Test
    void a_renewed_journal_holds_what_is_finished_and_the_damaged_one_is_kept() throws IOException {
        String damaged = "what is this?\n";
        Files.writeString(file, damaged);
        RunFact.Reused found = new RunFact.Reused(DATA, "digest", "artifact", Summary.NONE);

        Journal.renew(file, (RunFact.Planned) PLANNED, List.of(found));
        Files.writeString(file, damaged, StandardOpenOption.APPEND);
        Journal.renew(file, (RunFact.Planned) PLANNED, List.of(found));

        assertEquals(new Journal.Reading(List.of(PLANNED, found), ""), Journal.read(file));
        assertEquals(damaged, Files.readString(folder.resolve("events.jsonl.damaged-1")));
        assertTrue(Files.readString(folder.resolve("events.jsonl.damaged-2")).endsWith(damaged));
    }

    @Test
    void a_plan_of_many_units_is_written_without_ever_being_one_text() throws IOException {
        List<PlannedUnit> units = IntStream.range(0, 20_000)
                .mapToObj(
                        number -> new PlannedUnit(new UnitName("metric", number, List.of()), "accuracy", List.of(DATA)))
                .toList();
        RunFact plan = new RunFact.Planned(units);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = Files.size(file);
        try (Journal journal = Journal.open(file)) {
            journal.append(FAILED);
            long allocated = threads.getCurrentThreadAllocatedBytes();
            journal.append(plan);
            allocated = threads.getCurrentThreadAllocatedBytes() - allocated;

            long line = Files.size(file) - before;
            assertTrue(allocated < line, allocated + " bytes of memory for a line of " + line);
        }
        assertEquals(new Journal.Reading(List.of(PLANNED, OFFERED, FAILED, plan), ""), Journal.read(file));
    }

    @Test
    void half_a_character_in_what_a_component_said_comes_back() {
        RunFact failed = new RunFact.Failed(DATA, "no file \uD83D.png");
        try (Journal journal = Journal.open(file)) {
            journal.append(failed);
        }
        assertEquals(new Journal.Reading(List.of(PLANNED, OFFERED, failed), ""), Journal.read(file));
    }

    @Test
    void a_run_that_never_began_has_no_facts() {
        assertEquals(List.of(), Journal.read(folder.resolve("none.jsonl")).facts());
    }
}
