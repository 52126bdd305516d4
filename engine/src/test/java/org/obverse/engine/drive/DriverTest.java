package org.obverse.engine.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Offer;
import org.obverse.api.place.Order;
import org.obverse.api.place.Place;
import org.obverse.api.place.PlaceContext;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.Leases;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Lifetime;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.graph.UnitContext;

/** Drives units that the engine has never heard of. */
@Timeout(20)
final class DriverTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final CountDownLatch working = new CountDownLatch(1);
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Integer> tried = new ArrayList<>();

    @Test
    void a_kind_of_unit_of_ones_own_is_performed_stored_and_found_again() throws IOException {
        AtomicInteger performed = new AtomicInteger();
        RunGraph graph = sentence(context -> performed.incrementAndGet());

        assertEquals(Outcome.DONE, drive(graph).outcome());
        List<RunFact> first = Journal.read(journal()).facts();
        assertEquals(Outcome.DONE, drive(graph).outcome());
        List<RunFact> both = Journal.read(journal()).facts();
        List<RunFact> second = both.subList(first.size(), both.size());

        assertEquals(3, performed.get());
        assertEquals(List.of("sample/0", "optimize/0", "select/0"), units(first, RunFact.Offered.class));
        assertEquals(List.of(), units(second, RunFact.Offered.class));
        assertEquals(List.of("sample/0", "optimize/0", "select/0"), units(second, RunFact.Reused.class));
        RunFact.Completed last = (RunFact.Completed) first.get(first.size() - 2);
        assertEquals(
                "aabc",
                Files.readString(
                        new ArtifactStore(folder).artifact(last.artifact()).file()));
        assertEquals(4.0, last.summary().figures().get("length"));
    }

    private static List<String> units(List<RunFact> facts, Class<? extends RunFact> kind) {
        return facts.stream()
                .filter(kind::isInstance)
                .map(fact -> fact instanceof RunFact.Offered e ? e.unit() : ((RunFact.Reused) fact).unit())
                .map(UnitName::toString)
                .toList();
    }

    /** A word, one made of it, and one made of both. */
    private static RunGraph sentence(Word.Work work) {
        RunGraph.Builder graph = new RunGraph.Builder();
        Input<String> first = graph.add(Word.of("sample", "a").doing(work));
        Input<String> second = graph.add(Word.of("optimize", "b", first).doing(work));
        graph.add(Word.of("select", "c", first, second).doing(work));
        return graph.build();
    }

    @Test
    void its_product_comes_back_as_it_was_stored() {
        Codec<String> codec = Word.of("sample", "a").codec();
        Artifact artifact = new ArtifactStore(folder).save("word", codec.encode("aabc"));

        assertEquals("aabc", codec.decode(artifact, new NoInputs(), new Forever()));
    }

    private static final class NoInputs implements Inputs {
        @Override
        public <P> P get(Input<P> input) {
            throw new IllegalArgumentException("a word is read without its inputs");
        }
    }

    private static final class Forever implements Lifetime {
        @Override
        public <T extends AutoCloseable> T own(T resource) {
            return resource;
        }
    }

    @Test
    void a_failed_unit_takes_only_what_depends_on_it_along() {
        RunGraph.Builder graph = new RunGraph.Builder();
        Input<String> good = graph.add(Word.of("data", "d"));
        Input<String> bad = graph.add(Word.of("target", "t", good).doing(context -> {
            throw new IOException("no room");
        }));
        graph.add(Word.of("optimize", "o", bad));
        Input<String> beside = graph.add(Word.of("metric", "m", good).doing(context -> untilSomethingFailed()));
        graph.add(Word.of("gallery", "g", beside));

        Driver.Result result = drive(graph.build());

        assertEquals(Outcome.FAILED, result.outcome());
        assertEquals(
                List.of("no room"),
                result.reasons().stream().map(Throwable::getMessage).toList());
        assertEquals(
                Set.of("data/0", "target/0", "metric/0", "gallery/0"),
                Set.copyOf(units(Journal.read(journal()).facts(), RunFact.Offered.class)));
    }

    private void untilSomethingFailed() {
        while (Journal.read(journal()).facts().stream().noneMatch(RunFact.Failed.class::isInstance)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void a_product_is_opened_once_for_all_its_readers() {
        AtomicInteger opened = new AtomicInteger();
        RunGraph.Builder graph = new RunGraph.Builder();
        Input<String> first = graph.add(Word.of("data", "d").opening(opened::incrementAndGet));
        for (String letters : List.of("a", "b", "c", "e")) {
            graph.add(new Word(graph.name("metric", List.of()), letters, List.of(first), context -> {}, () -> {}));
        }

        assertEquals(Outcome.DONE, drive(graph.build()).outcome());

        assertEquals(1, opened.get());
    }

    @Test
    void no_place_works_when_the_journal_cannot_be_written() {
        try (Journal journal = Journal.open(journal())) {
            RunGraph graph = two(
                    context -> {
                        working.await();
                        journal.close();
                    },
                    this::untilItIsTold);

            assertThrows(UncheckedIOException.class, () -> drive(graph, journal));
        }

        assertTrue(ended.get());
    }

    @Test
    void no_place_works_when_the_run_is_interrupted_which_the_journal_says() {
        Thread run = Thread.currentThread();
        RunGraph graph = two(
                context -> {
                    working.await();
                    run.interrupt();
                    untilItIsTold(context);
                },
                this::untilItIsTold);

        Driver.Result result = drive(graph);

        assertTrue(Thread.interrupted());
        assertTrue(ended.get());
        assertEquals(Outcome.INTERRUPTED, result.outcome());
        List<RunFact> told = Journal.read(journal()).facts();
        assertEquals(Outcome.INTERRUPTED, ((RunFact.Ended) told.get(told.size() - 1)).outcome());
    }

    @Test
    void a_unit_that_asked_for_its_batch_is_tried_with_smaller_ones_while_memory_is_short() {
        RunGraph.Builder graph = new RunGraph.Builder();
        graph.add(Word.of("data", "d").doing(context -> {
            tried.add(context.batch());
            if (context.batch() > 2) {
                throw new OutOfMemoryError("too large");
            }
        }));

        assertEquals(Outcome.DONE, drive(graph.build()).outcome());

        assertEquals(List.of(8, 4, 2), tried);
    }

    @Test
    void a_unit_whose_place_is_lost_is_offered_again() {
        RunGraph graph = sentence(context -> {});

        assertEquals(Outcome.DONE, drive(graph, new Losing("optimize/0", 2)).outcome());

        List<RunFact> facts = Journal.read(journal()).facts();
        assertEquals("", Journal.read(journal()).damage());
        assertEquals(
                List.of("sample/0", "optimize/0", "optimize/0", "optimize/0", "select/0"),
                units(facts, RunFact.Offered.class));
        assertEquals(2, facts.stream().filter(RunFact.Lost.class::isInstance).count());
    }

    @Test
    void a_unit_whose_place_is_always_lost_fails_alone() {
        RunGraph.Builder graph = new RunGraph.Builder();
        Input<String> bad = graph.add(Word.of("target", "t"));
        graph.add(Word.of("optimize", "o", bad));
        graph.add(Word.of("metric", "m"));

        Driver.Result result = drive(graph.build(), new Losing("target/0", 100));

        assertEquals(Outcome.FAILED, result.outcome());
        assertEquals(
                List.of("unit target/0 was begun 3 times, and each time what performed it was lost; the last time its"
                        + " process is gone"),
                result.reasons().stream().map(Throwable::getMessage).toList());
        List<RunFact> facts = Journal.read(journal()).facts();
        assertEquals(
                List.of("metric/0", "target/0", "target/0", "target/0"),
                units(facts, RunFact.Offered.class).stream().sorted().toList());
        assertEquals(
                1, facts.stream().filter(RunFact.Completed.class::isInstance).count());
    }

    /** Loses a unit some times, and performs the others on the thread that asks. */
    private static class Losing implements Place {
        private final String unit;
        private int times;
        private Optional<PlaceContext> context = Optional.empty();

        Losing(String unit, int times) {
            this.unit = unit;
            this.times = times;
        }

        @Override
        public void open(PlaceContext lent) {
            context = Optional.of(lent);
        }

        @Override
        public void consider(Offer offer) {
            offer.claim(this);
        }

        @Override
        public void perform(Order order, Consumer<Answer> answers, Consumer<Progress> progress) {
            if (order.unit().toString().equals(unit) && times-- > 0) {
                answers.accept(new Answer.Lost(order.unit(), "its process is gone"));
            } else {
                answers.accept(context.orElseThrow().perform(order, progress));
            }
        }

        @Override
        public void forget(UnitName made) {}

        @Override
        public void cancel() {}

        @Override
        public void close() {}
    }

    @Test
    void a_unit_that_no_place_takes_ends_the_run() {
        Place idle = new Losing("", 0) {
            @Override
            public void consider(Offer offer) {}
        };

        IllegalStateException e = assertThrows(IllegalStateException.class, () -> drive(sentence(context -> {}), idle));

        assertEquals("no place takes unit sample/0, although nothing else is performed", e.getMessage());
    }

    @Test
    void an_answer_without_its_artifact_is_a_loss() {
        Place lying = new Losing("", 0) {
            @Override
            public void perform(Order order, Consumer<Answer> answers, Consumer<Progress> progress) {
                answers.accept(new Answer.Made(order.unit(), order.digest(), "0".repeat(64), Summary.NONE));
            }
        };

        Driver.Result result = drive(sentence(context -> {}), lying);

        assertEquals(Outcome.FAILED, result.outcome());
        assertEquals(
                List.of("unit sample/0 was begun 3 times, and each time what performed it was lost; the last time its"
                        + " place told of an artifact that is not in the store"),
                result.reasons().stream().map(Throwable::getMessage).toList());
        assertEquals(
                0,
                Journal.read(journal()).facts().stream()
                        .filter(RunFact.Completed.class::isInstance)
                        .count());
    }

    @Test
    void a_unit_that_was_changed_since_it_was_ordered_is_not_performed() {
        Place changing = new Losing("", 0) {
            @Override
            public void perform(Order order, Consumer<Answer> answers, Consumer<Progress> progress) {
                Order changed = new Order(order.study(), order.unit(), "another", order.inputs(), order.batches());
                super.perform(changed, answers, progress);
            }
        };

        Driver.Result result = drive(sentence(context -> {}), changing);

        assertEquals(Outcome.FAILED, result.outcome());
        assertTrue(
                String.valueOf(result.reasons().get(0).getMessage())
                        .contains("is another one here than where it was ordered"),
                result.reasons().toString());
    }

    private static RunGraph two(Word.Work first, Word.Work second) {
        RunGraph.Builder graph = new RunGraph.Builder();
        graph.add(Word.of("sample", "a").doing(first));
        graph.add(Word.of("optimize", "b").doing(second));
        return graph.build();
    }

    private void untilItIsTold(UnitContext context) {
        working.countDown();
        while (!cancelled.get()) {
            Thread.onSpinWait();
        }
        ended.set(true);
        throw new CancelledException();
    }

    private Driver.Result drive(RunGraph graph) {
        try (Journal journal = Journal.open(journal())) {
            return drive(graph, journal);
        }
    }

    private Driver.Result drive(RunGraph graph, Place place) {
        try (Journal journal = Journal.open(journal())) {
            return drive(graph, journal, place);
        }
    }

    private Driver.Result drive(RunGraph graph, Journal journal) {
        return drive(graph, journal, new Threads(2));
    }

    private Driver.Result drive(RunGraph graph, Journal journal, Place place) {
        ProductStore store = new ProductStore(new ArtifactStore(folder));
        LiveRun run = new LiveRun("study", folder, store.artifacts());
        Workshop.Faults faults =
                new Workshop.Faults(OutOfMemoryError.class::isInstance, (unit, failure) -> failure, () -> {});
        try (Workshop workshop = new Workshop(graph, store, faults, cancelled::get);
                Leases leases = Leases.of(store.artifacts());
                place) {
            place.open(new InProcess(workshop));
            return new Driver(
                            graph,
                            journal,
                            store,
                            leases,
                            run,
                            new Bus(run),
                            new Mailbox(),
                            Set.of(place),
                            own -> List.of(8, 4, 2, 1),
                            cancelled)
                    .drive(List.of());
        }
    }

    private Path journal() {
        return folder.resolve("events.jsonl");
    }
}
