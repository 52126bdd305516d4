package org.obverse.plugins.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class WorkerTest {
    @TempDir
    private Path folder = Path.of("");

    private final BlockingQueue<String> words = new LinkedBlockingQueue<>();

    @Test
    void a_worker_reads_its_order_and_then_the_end_and_its_last_word_counts() throws Exception {
        String order = "{\"a\": \"$b 'c' \\n %s\"}";

        assertEquals(
                "no more",
                worker("read -r line; printf '%s\\n' \"$line\"; read -r more || echo no more")
                        .perform(order, words::add));
        assertEquals(List.of(order, "no more"), List.copyOf(words));
    }

    @Test
    void an_order_of_a_million_letters_arrives() throws Exception {
        assertEquals(
                "1000001",
                worker("wc -c").perform("x".repeat(1_000_000), words::add).strip());
    }

    @Test
    void what_is_added_to_its_environment_wins() throws Exception {
        Worker both = worker("echo $SEEN").with(Map.of("SEEN", "1")).with(Map.of("SEEN", "2"));

        assertEquals("2", both.perform("", words::add));
    }

    @Test
    void its_exit_code_is_told() {
        assertEquals(
                "its worker ended with exit code 137",
                assertThrows(IOException.class, () -> worker("kill -KILL $$").perform("", words::add))
                        .getMessage());
    }

    @Test
    void who_is_interrupted_has_told_his_worker_and_waited_for_it() throws Exception {
        Path told = folder.resolve("told");
        Worker worker =
                worker("trap 'sleep 0.3; echo told > told; exit 143' TERM; echo $$; while :; do sleep 0.1; done");
        FutureTask<String> task = new FutureTask<>(() -> worker.perform("", words::add));
        Thread executor = new Thread(() -> {
            task.run();
            words.add(String.valueOf(Files.exists(told)));
        });
        executor.start();
        long process = Long.parseLong(words.take());

        executor.interrupt();

        assertTrue(assertThrows(ExecutionException.class, task::get).getCause() instanceof InterruptedException);
        assertEquals("true", words.take());
        assertFalse(ProcessHandle.of(process).filter(ProcessHandle::isAlive).isPresent());
    }

    private Worker worker(String script) {
        return new Worker(List.of("sh", "-c", script), folder.toString(), Map.of());
    }
}
