package org.obverse.plugins.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** Workers are shells; sbatch, squeue and scancel are those of {@code src/test/slurm}. */
@Timeout(120)
final class SlurmTest {
    private static final UnitName UNIT = new UnitName("target", 0, List.of());
    private static final UnitName NEXT = new UnitName("target", 1, List.of());
    private static final UnitName OTHER = new UnitName("optimize", 0, List.of());

    @TempDir
    private Path folder = Path.of("");

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Progress> progress = new LinkedBlockingQueue<>();

    @Test
    void an_order_is_answered_by_a_job_whose_progress_is_told() throws InterruptedException, IOException {
        try (Place place = open(jobs(), "read line; echo underway; echo made $line")) {
            perform(place, UNIT);

            assertEquals(
                    "perform target/0",
                    assertInstanceOf(Answer.Made.class, answer()).artifact());
            assertEquals(1, progress.take().done());
        }
        assertEquals(List.of(), left());
    }

    @Test
    void what_is_ordered_together_is_one_array_for_each_request() throws InterruptedException, IOException {
        Jobs jobs = new Jobs(8, List.of(), 0, "", "", List.of(new Jobs.Limits("target", "1G", "")), List.of());
        try (Place place = open(jobs, "read line; echo underway; " + waiting() + "; echo made $line")) {
            perform(place, UNIT);
            perform(place, NEXT);
            perform(place, OTHER);
            for (int i = 0; i < 3; i++) {
                progress.take();
            }
            assertEquals(2, left().size());
            Files.createFile(folder.resolve("go"));

            for (int i = 0; i < 3; i++) {
                assertInstanceOf(Answer.Made.class, answer());
            }
        }
    }

    @Test
    void a_job_that_dies_costs_its_order_and_its_log_stays() throws InterruptedException, IOException {
        try (Place place = open(jobs(), "echo no memory >&2; exit 7")) {
            perform(place, UNIT);

            String reason = assertInstanceOf(Answer.Lost.class, answer()).reason();
            assertTrue(reason.contains("ended with exit code 7; see "), reason);
            Path log = Path.of(reason.replaceFirst(".*see ", "").replaceFirst(" and sacct.*", ""));
            assertEquals("no memory\n", Files.readString(log));
        }
    }

    /** As Slurm does it after a node died: the same job again, which counts. */
    @Test
    void a_job_that_the_cluster_starts_again_is_read_from_its_beginning() throws InterruptedException {
        try (Place place = open(
                jobs(),
                "if [ -z $SLURM_RESTART_COUNT ]; then echo threw the first; export SLURM_RESTART_COUNT=2; sh $(dirname $(readlink /proc/$$/fd/1))/job.sh; exit; fi; echo made it")) {
            perform(place, UNIT);

            assertInstanceOf(Answer.Made.class, answer());
        }
    }

    @Test
    void what_no_worker_writes_is_quoted() throws InterruptedException {
        try (Place place = open(jobs(), "echo Segmentation fault")) {
            perform(place, UNIT);

            String reason = assertInstanceOf(Answer.Lost.class, answer()).reason();
            assertTrue(reason.contains("wrote what no worker writes ('Segmentation fault')"), reason);
        }
    }

    @Test
    void a_job_that_the_cluster_ends_is_lost_even_if_it_says_that_it_was_cancelled() throws InterruptedException {
        try (Place place = open(jobs(), "echo threw cancelled; kill -TERM $$")) {
            perform(place, UNIT);

            String reason = assertInstanceOf(Answer.Lost.class, answer()).reason();
            assertTrue(reason.contains("was ended from outside"), reason);
        }
    }

    /** As clusters do it with jobs of little priority, any number of times. */
    @Test
    void a_job_that_the_cluster_ends_and_keeps_in_the_queue_is_waited_for() throws InterruptedException, IOException {
        Path begun = folder.resolve("begun");
        Jobs preempted = new Jobs(4, List.of(), 0, "", "", List.of(), List.of("--comment=preempted"));
        try (Place place = open(
                preempted,
                "echo x >> " + begun
                        + "; if [ -z $SLURM_RESTART_COUNT ]; then echo threw cancelled; kill -TERM $$; fi; echo made it")) {
            perform(place, UNIT);

            assertInstanceOf(Answer.Made.class, answer());
            assertEquals("x\nx\n", Files.readString(begun));
        }
    }

    @Test
    void what_sbatch_refuses_is_told_with_its_words() throws InterruptedException, IOException {
        Jobs closed = new Jobs(1, List.of(), 0, "", "", List.of(), List.of("--partition=closed"));
        try (Place place = open(closed, "echo made")) {
            perform(place, UNIT);

            assertEquals(
                    new Answer.Lost(
                            UNIT,
                            "it cannot be submitted (sbatch ended with 1: sbatch: error: invalid partition specified: closed)"),
                    answer());
        }
        assertEquals(List.of(), left());
    }

    @Test
    void a_cancelled_job_hears_of_it_and_answers() throws InterruptedException {
        try (Place place = open(
                jobs(), "trap 'echo threw cancelled; exit 143' TERM; echo underway; while :; do sleep 0.1; done")) {
            perform(place, UNIT);
            progress.take();

            place.cancel();

            assertInstanceOf(Answer.Threw.class, answer());
        }
    }

    /** A place that is closed leaves the jobs that it gave orders to, as one whose driver is killed does; and it looks no more. */
    @Test
    void a_job_that_a_driver_left_at_work_is_found_by_the_next_and_not_begun_twice()
            throws InterruptedException, IOException {
        Path begun = folder.resolve("begun");
        String once = "echo x >> " + begun + "; echo underway; " + waiting() + "; echo made it";
        try (Place first = open(jobs(), once)) {
            perform(first, UNIT);
            progress.take();
        }
        try (Place next = open(jobs(), once)) {
            perform(next, UNIT);
            progress.take();
            Files.createFile(folder.resolve("go"));

            assertInstanceOf(Answer.Made.class, answer());
            assertEquals("x\n", Files.readString(begun));
        }
    }

    @Test
    void it_takes_units_of_its_slots_alone_and_no_more_than_its_count() {
        try (Place place = open(new Jobs(1, List.of("target"), 0, "", "", List.of(), List.of()), "exit 0")) {
            assertEquals(false, claims(place, OTHER));
            assertTrue(claims(place, UNIT));
            perform(place, UNIT);
            assertEquals(false, claims(place, NEXT));
        }
    }

    private String waiting() {
        return "while [ ! -e " + folder + "/go ]; do sleep 0.1; done";
    }

    private static Jobs jobs() {
        return new Jobs(4, List.of(), 0, "", "", List.of(), List.of());
    }

    private Place open(Jobs jobs, String script) {
        Place place = new Slurm(jobs);
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

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("place"))) {
            return files.toList();
        }
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
            throw new UnsupportedOperationException("jobs outlive the run");
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
            throw new UnsupportedOperationException("jobs are cancelled by TERM");
        }

        @Override
        public String line(UnitName forgotten) {
            throw new UnsupportedOperationException("jobs have nothing to forget");
        }

        @Override
        public Word read(String line) {
            String[] words = line.split(" ", 2);
            String rest = words.length > 1 ? words[1] : "";
            return switch (words[0]) {
                case "underway" -> new Word.Underway(new Progress.OfUnit(UNIT, 1, 2, Map.of()));
                case "made" -> new Word.Answered(new Answer.Made(unit(rest), "d", rest, Summary.NONE));
                case "threw" -> new Word.Answered(new Answer.Threw(UNIT, new IllegalStateException(rest)));
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
