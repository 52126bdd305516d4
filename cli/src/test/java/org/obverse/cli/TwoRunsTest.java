package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact;
import org.obverse.engine.drive.Journal;

/** Two processes that run studies in one folder at the same time. */
final class TwoRunsTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void what_both_need_is_performed_once_and_waited_for_by_the_other() throws IOException, InterruptedException {
        Child one = run("one");
        Child other = run("other");
        String said = said(one) + said(other);

        assertEquals(0, one.code(), one.err());
        assertEquals(0, other.code(), other.err());
        Map<String, String> finished = Invocation.finished(folder.resolve("runs/one"));
        assertEquals(finished, Invocation.finished(folder.resolve("runs/other")));
        Map<String, Integer> once = new TreeMap<>();
        finished.keySet().forEach(unit -> once.put(unit, 1));
        assertEquals(once, performed());
        assertTrue(said.contains("waiting for another run, which performs "), said);
    }

    private Child run(String name) throws IOException {
        return Child.of(
                "run",
                Invocation.tinyPlan(folder),
                "--runs",
                folder.resolve("runs"),
                "-o",
                "name=" + name,
                "-o",
                "target.training.epochs=100");
    }

    /** Until it is over. */
    private static String said(Child run) throws IOException {
        return new String(run.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** How often each unit was, in both runs. */
    private Map<String, Integer> performed() {
        Map<String, Integer> performed = new TreeMap<>();
        Stream.of("one", "other")
                .map(run -> folder.resolve("runs").resolve(run).resolve("events.jsonl"))
                .flatMap(journal -> Journal.read(journal).facts().stream())
                .forEach(fact -> {
                    if (fact instanceof RunFact.Completed e) {
                        performed.merge(e.unit().toString(), 1, Integer::sum);
                    }
                });
        return performed;
    }
}
