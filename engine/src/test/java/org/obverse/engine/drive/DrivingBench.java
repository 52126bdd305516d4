package org.obverse.engine.drive;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunListener;
import org.obverse.api.event.RunView;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Place;
import org.obverse.api.store.ObjectStore;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.Leases;
import org.obverse.engine.artifact.RemoteLeases;
import org.obverse.engine.artifact.RemoteStore;
import org.obverse.engine.artifact.SharedFolder;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.RunGraph;

/**
 * What driving costs beside the work: a study of units that do nothing, all of which read one data set, in cells of a target and nine
 * readers. Tells milliseconds per unit and Java's live memory after each tenth of the units, by how much that grew from the first to the
 * last for each unit between them, which is nothing if what a run holds is flat, and what is on the disk afterwards. In the
 * project's folder, after {@code mvn test-compile}:
 *
 * <pre>{@code
 * mvn -q -f engine/pom.xml dependency:build-classpath -Dmdep.outputFile=/tmp/classpath
 * java -Xmx1g -cp engine/target/test-classes:engine/target/classes:$(cat /tmp/classpath) \
 *   org.obverse.engine.drive.DrivingBench 100000
 * }</pre>
 *
 * A second argument is an empty folder that is a shared store for it; the units are then done once more from another machine's folder,
 * and what the store is asked is told.
 */
final class DrivingBench {
    private static final int READERS = 9;
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private DrivingBench() {}

    public static void main(String[] arguments) throws IOException {
        int units = Integer.parseInt(arguments[0]);
        List<Counted> shared = Arrays.stream(arguments)
                .skip(1)
                .map(Path::of)
                .map(SharedFolder::new)
                .map(folder -> new Counted(folder, new ConcurrentSkipListMap<>()))
                .toList();
        OUT.printf(Locale.ROOT, "%d units: ms per unit, kB of live heap%n", units);
        Path folder = Files.createTempDirectory("driving");
        try {
            drive(units, folder, shared);
            OUT.println("the same, found in the store");
            drive(units, folder, shared);
            if (!shared.isEmpty()) {
                delete(folder);
                Files.createDirectory(folder);
                OUT.println("the same, found in the shared store");
                drive(units, folder, shared);
            }
        } finally {
            delete(folder);
        }
    }

    static RunGraph study(int units) {
        RunGraph.Builder study = new RunGraph.Builder();
        Input<String> data = study.add(word(study, "data", "d"));
        for (int cell = 0; cell < units / (READERS + 1); cell++) {
            Input<String> target = study.add(word(study, "target", "t" + cell, data));
            List<UnitName> names = new ArrayList<>(List.of(data.name(), target.name()));
            for (int reader = 0; reader < READERS; reader++) {
                names.add(study.add(word(study, "metric", "m" + cell + "." + reader, data, target))
                        .name());
            }
            study.cell(new RunView.Cell("cell-" + cell, Map.of(), "", names));
        }
        return study.build();
    }

    private static Word word(RunGraph.Builder study, String slot, String letters, Input<?>... inputs) {
        return new Word(study.name(slot, List.of()), letters, List.of(inputs), context -> {}, () -> {});
    }

    private static void drive(int units, Path folder, List<Counted> shared) throws IOException {
        Path journal = folder.resolve("events.jsonl");
        Files.deleteIfExists(journal);
        Tenths tenths = new Tenths(units);
        drive(study(units), folder, journal, shared, tenths);
        OUT.printf(Locale.ROOT, "live heap from first tenth to last: %+.1f bytes per unit%n", tenths.growth());
        OUT.printf(Locale.ROOT, "per unit: %.0f bytes of events.jsonl, ", (double) Files.size(journal) / units);
        try (Stream<Path> files = Files.walk(folder)) {
            LongSummaryStatistics stored = files.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(journal))
                    .mapToLong(file -> file.toFile().length())
                    .summaryStatistics();
            OUT.printf(
                    Locale.ROOT,
                    "%.3f files of %.0f bytes together%n",
                    (double) stored.getCount() / units,
                    (double) stored.getSum() / units);
        }
        for (Counted store : shared) {
            store.asked()
                    .forEach((request, often) ->
                            OUT.printf(Locale.ROOT, "  %s %.3f%n", request, (double) often / units));
            store.asked().clear();
        }
    }

    private static void drive(RunGraph graph, Path folder, Path events, List<Counted> shared, Tenths tenths) {
        ArtifactStore here = new ArtifactStore(folder);
        ProductStore store = new ProductStore(
                here,
                shared.stream()
                        .map(other -> new RemoteStore(other, "store 'shared'", here))
                        .toList());
        LiveRun run = new LiveRun("study", folder, store.artifacts());
        Workshop.Faults faults = new Workshop.Faults(failure -> false, (unit, failure) -> failure, () -> {});
        AtomicBoolean cancelled = new AtomicBoolean();
        Bus bus = new Bus(run);
        bus.register("tenths", tenths);
        try (Workshop workshop = new Workshop(graph, store, faults, cancelled::get);
                Leases leases = Leases.of(
                        here,
                        store.remote().stream()
                                .map(remote -> new RemoteLeases(remote, RemoteLeases.BEAT))
                                .toList());
                Place threads = new Threads(1);
                Journal journal = Journal.open(events)) {
            threads.open(new InProcess(workshop));
            new Driver(graph, journal, store, leases, run, bus, new Mailbox(), Set.of(threads), List::of, cancelled)
                    .drive(List.of());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /**
     * Counts what a store is asked.
     *
     * @param asked how often, by request and the first part of the key
     */
    private record Counted(ObjectStore store, Map<String, Long> asked) implements ObjectStore {
        private void count(String request, String key) {
            asked.merge(request + " " + key.substring(0, key.indexOf('/')), 1L, Long::sum);
        }

        @Override
        public boolean putIfAbsent(String key, Path bytes) throws IOException {
            count("put", key);
            return store.putIfAbsent(key, bytes);
        }

        @Override
        public boolean get(String key, OutputStream bytes) throws IOException {
            count("get", key);
            return store.get(key, bytes);
        }

        @Override
        public List<String> list(String prefix) throws IOException {
            count("list", prefix);
            return store.list(prefix);
        }

        @Override
        public void remove(String key) throws IOException {
            count("remove", key);
            store.remove(key);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /** Looks at the clock and at memory now and then. */
    private static final class Tenths implements RunListener {
        private final int each;
        private final List<Long> live = new ArrayList<>();
        private int settled;
        private long since = System.nanoTime();

        Tenths(int units) {
            this.each = Math.max(1, units / 10);
        }

        @Override
        public void completed(RunFact.Completed fact, RunView run) {
            count();
        }

        @Override
        public void reused(RunFact.Reused fact, RunView run) {
            count();
        }

        private void count() {
            if (++settled % each == 0) {
                double milliseconds = (System.nanoTime() - since) / 1e6 / each;
                live.add(LiveHeap.bytes());
                OUT.printf(
                        Locale.ROOT, "%8d  %.3f ms  %d kB%n", settled, milliseconds, live.get(live.size() - 1) / 1000);
                since = System.nanoTime();
            }
        }

        /** In bytes for each unit between the first tenth and the last. */
        double growth() {
            return (double) (live.get(live.size() - 1) - live.get(0)) / ((live.size() - 1) * each);
        }
    }
}
