package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.event.Progress;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Order;
import org.obverse.api.place.PlaceContext.Word;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.study.WorkerLines.Told;

final class WorkerLinesTest {
    private static final UnitName UNIT = new UnitName("optimize", 3, List.of(0, 7));

    @Test
    void what_a_worker_is_told_comes_back_as_it_was() {
        List<Told> all = List.of(
                new Told.Perform(new Order("my study", UNIT, "d1", List.of("a", "b"), List.of(8, 4))),
                new Told.Forget(UNIT),
                new Told.Cancel());

        for (Told told : all) {
            assertEquals(told, WorkerLines.told(WorkerLines.write(told)));
        }
    }

    @Test
    void what_a_worker_says_comes_back_as_it_was_also_what_is_no_number() {
        List<Word> all = List.of(
                new Word.Alive(),
                new Word.Underway(new Progress.OfUnit(UNIT, 3, 10, Map.of("loss", Double.NaN))),
                new Word.Answered(new Answer.Made(
                        UNIT,
                        "d1",
                        "a1",
                        new Summary(
                                Map.of("acc", Double.POSITIVE_INFINITY),
                                Map.of("logits", 5L),
                                List.of(Map.of("loss", 0.1))))));

        for (Word word : all) {
            assertEquals(word, WorkerLines.said(WorkerLines.write(word)));
        }
    }

    @Test
    void a_failure_ends_the_run_as_it_would_have_ended_it_here() {
        assertInstanceOf(CancelledException.class, there(new CancelledException()));
        assertInstanceOf(EngineException.class, there(new EngineException("no device")));
        assertEquals(
                "java.io.IOException: no room",
                assertInstanceOf(WorkerFailedException.class, there(new IOException("no room")))
                        .getMessage());

        Problem problem = new Problem("data.folder", "is gone", "put it back");
        UnitFailedException unit = assertInstanceOf(
                UnitFailedException.class,
                there(new UnitFailedException(
                        UNIT, "it failed", List.of("my.jar"), new InvalidConfigurationException(problem))));
        assertEquals("it failed", unit.getMessage());
        assertEquals(List.of("my.jar"), unit.sources());
        assertEquals(
                List.of(problem),
                assertInstanceOf(InvalidConfigurationException.class, unit.getCause())
                        .problems());
    }

    private static Throwable there(Throwable failure) {
        Word said = WorkerLines.said(WorkerLines.write(new Word.Answered(new Answer.Threw(UNIT, failure))));
        return ((Answer.Threw) ((Word.Answered) said).answer()).failure();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "{",
                "{\"says\":\"sing\"}",
                "null",
                "[]",
                "{\"says\":\"made\"}",
                "{\"says\":\"made\",\"answer\":null}"
            })
    void what_no_worker_writes_is_refused(String line) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> WorkerLines.said(line));

        assertTrue(String.valueOf(e.getMessage()).startsWith("no line of a worker"), e.getMessage());
    }
}
