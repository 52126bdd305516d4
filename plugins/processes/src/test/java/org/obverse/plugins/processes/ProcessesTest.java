package org.obverse.plugins.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.obverse.api.event.Progress;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Offer;
import org.obverse.api.place.Order;
import org.obverse.api.place.Place;
import org.obverse.api.place.PlaceContext;

/** Children are shells, which say what they are told to. */
@Timeout(60)
final class ProcessesTest {
    private static final Workers ONE = new Workers(1, List.of(), 1);
    private static final UnitName UNIT = new UnitName("optimize", 0, List.of());
    private static final UnitName NEXT = new UnitName("optimize", 1, List.of());

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Progress> progress = new LinkedBlockingQueue<>();

    @Test
    void an_order_is_answered_and_its_process_kept_for_the_next() throws InterruptedException {
        try (Place place = open(ONE, "while read line; do echo underway; echo made $$; done")) {
            Answer.Made first = assertInstanceOf(Answer.Made.class, perform(place, UNIT));
            assertEquals(1, progress.take().done());
            Answer.Made second = assertInstanceOf(Answer.Made.class, perform(place, NEXT));

            assertEquals(first.artifact(), second.artifact());
        }
    }

    @Test
    void a_process_that_dies_costs_its_order_and_the_next_is_another_process() throws InterruptedException {
        try (Place place = open(ONE, "read line; case $line in *0*) exit 7;; esac; echo made; read line")) {
            assertEquals(new Answer.Lost(UNIT, "its process ended with exit code 7"), perform(place, UNIT));
            assertInstanceOf(Answer.Made.class, perform(place, NEXT));
        }
    }

    @Test
    void a_process_that_prints_garbage_is_ended() throws InterruptedException {
        try (Place place = open(ONE, "read line; echo Segmentation fault; sleep 600")) {
            assertEquals(
                    new Answer.Lost(UNIT, "its process wrote what no worker writes ('Segmentation fault')"),
                    perform(place, UNIT));
        }
    }

    @Test
    void a_process_that_answers_for_another_unit_is_ended() throws InterruptedException {
        try (Place place = open(ONE, "read line; echo other; sleep 600")) {
            assertEquals(
                    new Answer.Lost(UNIT, "its process answered for unit other/0, which it was not asked for"),
                    perform(place, UNIT));
        }
    }

    @Test
    void a_process_that_says_nothing_for_too_long_is_ended() throws InterruptedException {
        try (Place place = open(ONE, "read line; echo alive; sleep 600")) {
            assertEquals(new Answer.Lost(UNIT, "its process said nothing for 1 s and was ended"), perform(place, UNIT));
        }
    }

    @Test
    void a_process_that_cannot_be_begun_costs_its_order() throws InterruptedException {
        try (Place place = new Processes(ONE)) {
            place.open(new Shell(List.of("/no/such/program")));

            Answer.Lost lost = assertInstanceOf(Answer.Lost.class, perform(place, UNIT));
            assertTrue(lost.reason().startsWith("its process cannot be begun"), lost.reason());
        }
    }

    @Test
    void a_busy_place_claims_nothing_and_what_is_cancelled_answers() throws InterruptedException {
        try (Place place = open(new Workers(1, List.of(), 600), "read line; read word; echo threw $word")) {
            assertTrue(claims(place));
            begin(place, UNIT);
            assertEquals(false, claims(place));

            place.cancel();
            place.cancel();

            assertInstanceOf(Answer.Threw.class, answers.take());
        }
    }

    @Test
    void each_device_has_as_many_processes() throws InterruptedException {
        Shell shell = new Shell(List.of("sh", "-c", "while read line; do echo made $0; done"));
        try (Place place = new Processes(new Workers(2, List.of("gpu:0", "gpu:1"), 600))) {
            place.open(shell);

            assertEquals(List.of("gpu:0", "gpu:1"), shell.devices());
            assertInstanceOf(Answer.Made.class, perform(place, UNIT));
        }
    }

    @Test
    void no_process_is_left_when_the_place_is_closed() throws InterruptedException {
        Place place = open(new Workers(2, List.of(), 600), "while read line; do echo made $$; done; exec sleep 600");
        Answer.Made made = assertInstanceOf(Answer.Made.class, perform(place, UNIT));
        Optional<ProcessHandle> child = ProcessHandle.of(Long.parseLong(made.artifact()));

        place.close();

        assertTrue(child.filter(ProcessHandle::isAlive).isEmpty());
    }

    private static Place open(Workers workers, String script) {
        Place place = new Processes(workers);
        place.open(new Shell(List.of("sh", "-c", script)));
        return place;
    }

    private Answer perform(Place place, UnitName unit) throws InterruptedException {
        begin(place, unit);
        Answer answer = answers.poll(30, TimeUnit.SECONDS);
        assertEquals(0, answers.size());
        return answer;
    }

    private void begin(Place place, UnitName unit) {
        place.perform(new Order("study", unit, "d", List.of(), List.of(1)), answers::add, progress::add);
    }

    private static boolean claims(Place place) {
        List<Place> claims = new ArrayList<>();
        place.consider(new Offer() {
            @Override
            public UnitName unit() {
                return UNIT;
            }

            @Override
            public String component() {
                return "latent-adam";
            }

            @Override
            public void claim(Place claiming) {
                claims.add(claiming);
            }
        });
        return claims.equals(List.of(place));
    }

    /** Lines of words: what a shell can read and write. */
    private static final class Shell implements PlaceContext {
        private final List<String> command;
        private final List<String> devices = new ArrayList<>();
        private UnitName ordered = UNIT;

        Shell(List<String> command) {
            this.command = command;
        }

        List<String> devices() {
            return devices;
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
            devices.add(device);
            return command;
        }

        @Override
        public List<String> lastingWorker(String device) {
            throw new UnsupportedOperationException("children end with the run");
        }

        @Override
        public Path folder() {
            throw new UnsupportedOperationException("nothing is left for a later run");
        }

        @Override
        public synchronized String line(Order order) {
            ordered = order.unit();
            return "perform " + order.unit();
        }

        @Override
        public String cancellation() {
            return "cancel";
        }

        @Override
        public String line(UnitName forgotten) {
            return "forget " + forgotten;
        }

        @Override
        public synchronized Word read(String line) {
            String[] words = line.split(" ", 2);
            String rest = words.length > 1 ? words[1] : "";
            return switch (words[0]) {
                case "alive" -> new Word.Alive();
                case "underway" -> new Word.Underway(new Progress.OfUnit(ordered, 1, 2, Map.of()));
                case "made" -> new Word.Answered(new Answer.Made(ordered, "d", rest, Summary.NONE));
                case "threw" -> new Word.Answered(new Answer.Threw(ordered, new IllegalStateException(rest)));
                case "other" ->
                    new Word.Answered(new Answer.Made(new UnitName("other", 0, List.of()), "d", "", Summary.NONE));
                default -> throw new IllegalArgumentException(line);
            };
        }
    }
}
