package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WaitingTest {
    private static final long SECOND = 1_000_000_000L;

    private final StringWriter shown = new StringWriter();
    private final AtomicLong clock = new AtomicLong();
    private final Waiting waiting = new Waiting(new PrintWriter(shown), clock::get);

    private void pass(long seconds) {
        clock.addAndGet(seconds * SECOND);
    }

    private List<String> lines() {
        return shown.toString().lines().map(String::strip).toList();
    }

    @Test
    void a_short_trial_is_not_talked_about() {
        waiting.begin("generator/mine parameters-matter");
        pass(4);
        waiting.progress(3, 3000, Map.of());
        waiting.begin("generator/mine same-seed-same-bytes");
        pass(4);
        waiting.checkpoint();

        assertEquals(List.of(), lines());
    }

    @Test
    void a_long_trial_says_what_it_is_how_long_it_takes_and_how_far_it_is() {
        waiting.begin("optimizer/mine parameters-matter");
        pass(6);
        waiting.checkpoint();
        pass(1);
        waiting.progress(1, 40, Map.of());
        pass(5);
        waiting.progress(2, 40, Map.of());

        assertEquals(
                List.of(
                        "trying optimizer/mine parameters-matter for 6 s",
                        "trying optimizer/mine parameters-matter for 12 s: step 2 of 40"),
                lines());
    }

    @Test
    void a_training_of_thousands_of_steps_is_told_where_smaller_settings_go() {
        waiting.begin("generator/mine parameters-matter");
        pass(5);
        waiting.progress(20, 3000, Map.of());
        pass(5);
        waiting.progress(40, 3000, Map.of());

        assertEquals(
                List.of(
                        "generator/mine takes 3,000 steps for each of several trials; write smaller settings for them into"
                                + " META-INF/obverse/conformance.yaml",
                        "trying generator/mine parameters-matter for 5 s: step 20 of 3,000",
                        "trying generator/mine parameters-matter for 10 s: step 40 of 3,000"),
                lines());
    }
}
