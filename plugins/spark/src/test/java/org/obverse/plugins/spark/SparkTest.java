package org.obverse.plugins.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.Progress;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Offer;
import org.obverse.api.place.Order;
import org.obverse.api.place.Place;
import org.obverse.api.place.PlaceContext;

/** Workers are shells; spark-submit is that of {@code src/test/spark}. */
@Timeout(120)
final class SparkTest {
    private static final UnitName UNIT = new UnitName("target", 0, List.of());
    private static final UnitName NEXT = new UnitName("target", 1, List.of());
    private static final UnitName OTHER = new UnitName("optimize", 0, List.of());

    @TempDir
    private Path folder = Path.of("");

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Progress> progress = new LinkedBlockingQueue<>();

    @Test
    void an_order_is_answered_by_a_task_whose_progress_is_told() throws InterruptedException {
        try (Place place = open("read line; echo underway; echo made $line")) {
            perform(place, UNIT);

            assertEquals(
                    "perform target/0",
                    assertInstanceOf(Answer.Made.class, answer()).artifact());
            assertEquals(1, progress.take().done());
        }
    }

    @Test
    void orders_are_performed_at_once_and_by_one_application() throws InterruptedException, IOException {
        try (Place place = open("read line; echo underway; " + waiting() + "; echo made $line")) {
            perform(place, UNIT);
            perform(place, NEXT);
            progress.take();
            progress.take();
            assertEquals(1, applications().size());
            Files.createFile(folder.resolve("go"));

            assertInstanceOf(Answer.Made.class, answer());
            assertInstanceOf(Answer.Made.class, answer());
        }
    }

    @Test
    void a_worker_that_dies_costs_its_order() throws InterruptedException {
        try (Place place = open("echo underway; echo no memory; exit 7")) {
            perform(place, UNIT);

            assertEquals(
                    new Answer.Lost(UNIT, "its worker ended with exit code 7 and said last 'no memory'"), answer());
        }
    }

    @Test
    void what_no_worker_writes_is_quoted() throws InterruptedException {
        try (Place place = open("echo Segmentation fault")) {
            perform(place, UNIT);

            assertEquals(
                    new Answer.Lost(UNIT, "its worker said last what is no answer ('Segmentation fault')"), answer());
        }
    }

    @Test
    void the_answer_to_another_order_is_none() throws InterruptedException {
        try (Place place = open("echo made " + NEXT)) {
            perform(place, UNIT);

            assertInstanceOf(Answer.Lost.class, answer());
        }
    }

    @Test
    void an_application_that_is_killed_costs_its_orders_and_leaves_no_worker()
            throws InterruptedException, IOException {
        String script = "read line; echo $$ > " + folder + "/$$.pid; echo underway; " + waiting() + "; echo made $line";
        try (Place place = open(script)) {
            perform(place, UNIT);
            perform(place, OTHER);
            progress.take();
            progress.take();
            List<ProcessHandle> workers = workers();
            assertEquals(2, workers.size());

            applications().get(0).destroyForcibly();

            String reason = assertInstanceOf(Answer.Lost.class, answer()).reason();
            assertTrue(reason.startsWith("spark-submit ended with exit code 137; see "), reason);
            assertInstanceOf(Answer.Lost.class, answer());
            workers.forEach(
                    worker -> worker.onExit().orTimeout(10, TimeUnit.SECONDS).join());
            Files.createFile(folder.resolve("go"));
            perform(place, UNIT);
            assertInstanceOf(Answer.Made.class, answer());
        }
    }

    @Test
    void what_spark_submit_says_lies_in_the_runs_folder() throws InterruptedException, IOException {
        Tasks closed = new Tasks(1, List.of(), List.of("--master", "closed"));
        try (Place place = open(closed, "echo made")) {
            perform(place, UNIT);

            String reason = assertInstanceOf(Answer.Lost.class, answer()).reason();
            String log = reason.replaceFirst("^spark-submit ended with exit code 1; see ", "");
            assertEquals("All masters are unresponsive! Giving up.\n", Files.readString(Path.of(log)));
        }
    }

    @Test
    void when_a_run_is_cancelled_its_workers_hear_of_it_and_none_is_left() throws InterruptedException, IOException {
        String told = "trap 'echo told > " + folder + "/told; exit 143' TERM; ";
        List<ProcessHandle> workers;
        try (Place place = open(told + "echo $$ > " + folder + "/$$.pid; echo underway; while :; do sleep 0.1; done")) {
            perform(place, UNIT);
            progress.take();
            workers = workers();

            place.cancel();

            assertInstanceOf(Answer.Lost.class, answer());
            assertFalse(claims(place, NEXT));
        }
        assertEquals("told\n", Files.readString(folder.resolve("told")));
        assertFalse(workers.get(0).isAlive());
    }

    @Test
    void a_worker_has_what_the_run_sets_and_where_the_run_works() throws InterruptedException {
        try (Place place = open("echo made $OFFLINE $(pwd)")) {
            perform(place, UNIT);

            assertEquals(
                    System.getenv("OFFLINE") + " " + System.getProperty("user.dir"),
                    assertInstanceOf(Answer.Made.class, answer()).artifact());
        }
    }

    @Test
    void it_takes_units_of_its_slots_alone_and_no_more_than_its_count() {
        try (Place place = open(new Tasks(1, List.of("target"), List.of()), waiting())) {
            assertFalse(claims(place, OTHER));
            assertTrue(claims(place, UNIT));
            perform(place, UNIT);
            assertFalse(claims(place, NEXT));
        }
    }

    private String waiting() {
        return "while [ ! -e " + folder + "/go ]; do sleep 0.1; done";
    }

    private static List<ProcessHandle> applications() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(StandIn.class.getName()))
                .toList();
    }

    /** Those that wrote down their numbers. */
    private List<ProcessHandle> workers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".pid"))
                    .flatMap(name -> ProcessHandle.of(Long.parseLong(name.replace(".pid", ""))).stream())
                    .toList();
        }
    }

    private Place open(String script) {
        return open(Tasks.DEFAULT, script);
    }

    private Place open(Tasks tasks, String script) {
        Place place = new Spark(tasks);
        place.open(new Shell(folder.resolve("place"), script));
        return place;
    }

    private void perform(Place place, UnitName unit) {
        place.perform(new Order("study", unit, "d", List.of(), List.of(1)), answers::add, progress::add);
    }

    private Answer answer() throws InterruptedException {
        Answer answer = answers.poll(60, TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("no answer came");
        }
        return answer;
    }

    private static boolean claims(Place place, UnitName unit) {
        List<Place> claims = new ArrayList<>();
        place.consider(new Offer() {
            @Override
            public UnitName unit() {
                return unit;
            }

            @Override
            public String component() {
                return "small-resnet";
            }

            @Override
            public void claim(Place claiming) {
                claims.add(claiming);
            }
        });
        return claims.equals(List.of(place));
    }

    /** Lines of words: what a shell can read and write. */
    private record Shell(Path folder, String script) implements PlaceContext {
        @Override
        public Path folder() {
            try {
                return Files.createDirectories(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Answer perform(Order order, Consumer<Progress> told) {
            throw new UnsupportedOperationException("nothing is performed here");
        }

        @Override
        public void forget(UnitName unit) {}

        @Override
        public ThreadFactory threads() {
            return Thread::new;
        }

        @Override
        public List<String> worker(String device) {
            throw new UnsupportedOperationException("a task's worker has one order and ends");
        }

        @Override
        public List<String> lastingWorker(String device) {
            return List.of("sh", "-c", script);
        }

        @Override
        public String line(Order order) {
            return "perform " + order.unit();
        }

        @Override
        public String cancellation() {
            throw new UnsupportedOperationException("workers are cancelled by TERM");
        }

        @Override
        public String line(UnitName forgotten) {
            throw new UnsupportedOperationException("workers have nothing to forget");
        }

        @Override
        public Word read(String line) {
            String[] words = line.split(" ", 2);
            String rest = words.length > 1 ? words[1] : "";
            return switch (words[0]) {
                case "underway" -> new Word.Underway(new Progress.OfUnit(UNIT, 1, 2, Map.of()));
                case "made" -> new Word.Answered(new Answer.Made(unit(rest), "d", rest, Summary.NONE));
                default -> throw new IllegalArgumentException(line);
            };
        }

        private static UnitName unit(String order) {
            return Stream.of(UNIT, NEXT, OTHER)
                    .filter(unit -> order.endsWith(unit.toString()))
                    .findFirst()
                    .orElse(UNIT);
        }
    }
}
