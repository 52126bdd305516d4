package org.obverse.testkit.rule;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.obverse.api.event.Progress;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Order;
import org.obverse.api.place.PlaceContext;

/**
 * What a place is lent in a trial: units that write an artifact, go on until they are cancelled, or end their process (which
 * they do in workers only), and a store for them. See {@link PlaceWorker}.
 */
final class PlaceBench implements PlaceContext {
    private final Path store;
    private final Map<String, Order> orders = new ConcurrentHashMap<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * @param store an empty folder
     */
    PlaceBench(Path store) {
        this.store = store;
    }

    /** An order that was not given before. */
    Order order(UnitName unit) {
        String digest = PlaceWorker.sha256(unit.toString().getBytes(StandardCharsets.UTF_8));
        Order order = new Order("bench", unit, digest, List.of(), List.of(1));
        orders.put(digest, order);
        return order;
    }

    @Override
    public Answer perform(Order order, Consumer<Progress> progress) {
        UnitName unit = order.unit();
        try {
            switch (unit.slot()) {
                case PlaceWorker.MAKE -> {
                    return made(order, PlaceWorker.make(store, order.digest()));
                }
                case PlaceWorker.SLOW -> {
                    begun.countDown();
                    ended.await();
                    return threw(unit, "cancelled");
                }
                default -> {
                    return threw(unit, "only a worker can die of this unit");
                }
            }
        } catch (IOException e) {
            return new Answer.Threw(unit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Threw(unit, e);
        }
    }

    private static Answer made(Order order, String artifact) {
        return new Answer.Made(order.unit(), order.digest(), artifact, Summary.NONE);
    }

    private static Answer threw(UnitName unit, String reason) {
        return new Answer.Threw(unit, new IllegalStateException(reason));
    }

    /** Ends what is slow in this process, as the engine does when a run is cancelled. */
    void end() {
        ended.countDown();
    }

    /** Waits until a slow unit is worked on, somewhere, or {@link #noLongerAwaited}. */
    void awaitBegun(long seconds) {
        try {
            begun.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void noLongerAwaited() {
        begun.countDown();
    }

    /** Whether the process that performed the order died of it. */
    boolean killed(Order order) {
        return Files.exists(PlaceWorker.half(store, order.digest()));
    }

    /** What is wrong now with the artifact that an answer speaks of; nothing if it is in the store, whole. */
    Optional<String> amiss(Order order, Answer.Made made) {
        byte[] whole = PlaceWorker.artifact(order.digest());
        try {
            if (!made.digest().equals(order.digest())) {
                return Optional.of("made for " + order.digest() + ", it is said to be of " + made.digest());
            } else if (!Files.exists(store.resolve(order.digest()))) {
                return Optional.of("the store has no artifact of the order when it is answered Made");
            } else if (!Arrays.equals(Files.readAllBytes(store.resolve(order.digest())), whole)) {
                return Optional.of("the artifact in the store has other bytes than the unit made");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return made.artifact().equals(PlaceWorker.sha256(whole))
                ? Optional.empty()
                : Optional.of("the artifact's SHA-256 is said to be " + made.artifact());
    }

    @Override
    public void forget(UnitName unit) {}

    @Override
    public ThreadFactory threads() {
        return PlaceWorker.daemons("bench-unit");
    }

    @Override
    public List<String> worker(String device) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                classes(),
                PlaceWorker.class.getName(),
                store.toString());
    }

    @Override
    public List<String> lastingWorker(String device) {
        return Stream.concat(worker(device).stream(), Stream.of(PlaceWorker.LASTING))
                .toList();
    }

    @Override
    public Path folder() {
        try {
            return Files.createDirectories(store.resolve("place"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classes() {
        try {
            return new File(PlaceWorker.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getPath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the testkit lies nowhere", e);
        }
    }

    @Override
    public String line(Order order) {
        return String.join(" ", PlaceWorker.PERFORM, order.unit().slot(), order.digest());
    }

    @Override
    public String cancellation() {
        return PlaceWorker.CANCEL;
    }

    @Override
    public String line(UnitName forgotten) {
        return PlaceWorker.FORGET + " " + forgotten;
    }

    @Override
    public Word read(String line) {
        String[] words = line.split(" ", 3);
        Order order = words.length < 2 ? null : orders.get(words[1]);
        if (order == null) {
            throw new IllegalArgumentException("no line of a worker: " + line);
        }
        return switch (words[0]) {
            case PlaceWorker.BEGUN -> {
                if (order.unit().slot().equals(PlaceWorker.SLOW)) {
                    begun.countDown();
                }
                yield new Word.Underway(new Progress.OfUnit(order.unit(), 0, 1, Map.of()));
            }
            case PlaceWorker.MADE -> new Word.Answered(made(order, words[2]));
            case PlaceWorker.THREW -> new Word.Answered(threw(order.unit(), words[2]));
            default -> throw new IllegalArgumentException("no line of a worker: " + line);
        };
    }
}
