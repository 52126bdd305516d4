package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.obverse.api.store.ObjectStore;

/** Rules for stores that machines share. That leases are exclusive and are taken over is the engine's, and follows from these. */
final class StoreRules {
    /** How many put one key at once, and how often that is tried. */
    private static final int AT_ONCE = 4;

    private static final int ROUNDS = 10;
    /** Bytes of an object that takes a moment. */
    private static final int LARGE = 4_000_000;

    private StoreRules() {}

    static List<Rule<ObjectStore>> rules() {
        return List.of(
                rule(
                        "gives-back-the-bytes",
                        "What one machine put, another reads to the byte, be it empty or large.",
                        "ObjectStore.get: text instead of bytes, lengths, a stream that is closed",
                        StoreRules::givesBackTheBytes),
                rule(
                        "finds-nothing-where-nothing-is",
                        "Where no object is, get says so and list is empty.",
                        "ObjectStore.get: an error of the store that only means that there is no such key",
                        StoreRules::findsNothing),
                rule(
                        "keeps-the-first",
                        "An object is not replaced: a second put says so and changes nothing.",
                        "ObjectStore.putIfAbsent: If-None-Match, links, exclusive creation",
                        StoreRules::keepsTheFirst),
                rule(
                        "one-of-many-puts",
                        "Of those who put one key at once, on two machines, exactly one is told that it did.",
                        "ObjectStore.putIfAbsent: a look whether the key is there, and a put after it",
                        StoreRules::oneOfManyPuts),
                rule(
                        "shows-whole-objects",
                        "Who reads an object while it is put finds all of its bytes, or no object.",
                        "ObjectStore.putIfAbsent: write elsewhere, and give it its name at the end",
                        StoreRules::showsWholeObjects),
                rule(
                        "lists-what-is-there",
                        "list names the keys that begin so, those of other machines too, at once and in ascending order.",
                        "ObjectStore.list: pages, a memory of one's own, a prefix that ends within a part",
                        StoreRules::listsWhatIsThere),
                rule(
                        "removes",
                        "What was removed is gone for all, can be removed again, and can be put again.",
                        "ObjectStore.remove",
                        StoreRules::removes));
    }

    private static Rule<ObjectStore> rule(String id, String sentence, String lookAt, StoreTrial.Look look) {
        return Rule.must(id, sentence, lookAt, subject -> StoreTrial.with(subject, look));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void givesBackTheBytes(StoreTrial trial) throws Exception {
        byte[] every = new byte[100_000];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) (i * 31);
        }
        List<byte[]> objects = List.of(new byte[0], new byte[] {0, -1, 13, 10, 0}, every);
        for (byte[] object : objects) {
            String name = "bytes-" + object.length;
            unless(trial.put(trial.here(), name, object), "an object of %d bytes is not put", object.length);
            Optional<byte[]> read = trial.get(trial.there(), name);
            unless(read.isPresent(), "an object of %d bytes is not there for another machine", object.length);
            unless(
                    Arrays.equals(object, read.get()),
                    "an object of %d bytes comes back with %d, or with others",
                    object.length,
                    read.get().length);
        }
        StoreTrial.Read stream = new StoreTrial.Read();
        trial.there().get(trial.key("bytes-" + every.length), stream);
        unless(!stream.isClosed(), "it closes what it was to write to");
    }

    private static void findsNothing(StoreTrial trial) throws Exception {
        unless(trial.get(trial.here(), "nothing").isEmpty(), "it says that it gave an object that nobody put");
        List<String> found = trial.here().list(trial.key(""));
        unless(found.isEmpty(), "it lists keys that nobody put: %s", found);
    }

    private static void keepsTheFirst(StoreTrial trial) throws Exception {
        unless(trial.put(trial.here(), "key", bytes("first")), "a put where nothing is says that something was there");
        for (ObjectStore store : List.of(trial.here(), trial.there())) {
            unless(!trial.put(store, "key", bytes("second")), "a second put says that nothing was there");
        }
        String kept = new String(trial.get(trial.there(), "key").orElse(new byte[0]), StandardCharsets.UTF_8);
        unless(kept.equals("first"), "after a second put the object is '%s', not the first one", kept);
    }

    private static void oneOfManyPuts(StoreTrial trial) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        Path object = Files.createTempFile("obverse-bench-object", "");
        try {
            Files.write(object, bytes("same"));
            for (int round = 0; round < ROUNDS; round++) {
                String name = "at-once-" + round;
                CountDownLatch start = new CountDownLatch(AT_ONCE);
                List<Callable<Boolean>> puts = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    ObjectStore store = i % 2 == 0 ? trial.here() : trial.there();
                    puts.add(() -> {
                        start.countDown();
                        start.await();
                        return trial.put(store, name, object);
                    });
                }
                int told = 0;
                for (Future<Boolean> put : threads.invokeAll(puts)) {
                    told += put.get() ? 1 : 0;
                }
                unless(told == 1, "of %d who put a key at once, %d are told that they did", AT_ONCE, told);
            }
        } finally {
            threads.shutdownNow();
            Files.delete(object);
        }
    }

    private static void showsWholeObjects(StoreTrial trial) throws Exception {
        byte[] object = new byte[LARGE];
        Arrays.fill(object, (byte) 1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> put = thread.submit(() -> trial.put(trial.here(), "large", object));
            boolean over = false;
            while (!over) {
                over = put.isDone();
                int read = trial.getIfThere(trial.there(), "large")
                        .map(found -> found.length)
                        .orElse(LARGE);
                unless(read == LARGE, "while it is put, an object of %d bytes has %d", LARGE, read);
            }
            unless(put.get(), "an object of %d bytes is not put", LARGE);
        } finally {
            thread.shutdownNow();
        }
    }

    private static void listsWhatIsThere(StoreTrial trial) throws Exception {
        trial.put(trial.here(), "b-2", bytes("x"));
        trial.put(trial.here(), "c-1", bytes("x"));
        trial.put(trial.there(), "b-10", bytes("x"));
        trial.put(trial.there(), "a", bytes("x"));
        List<String> expected = List.of(trial.key("b-10"), trial.key("b-2"));
        for (ObjectStore store : List.of(trial.here(), trial.there())) {
            List<String> listed = store.list(trial.key("b-"));
            unless(listed.equals(expected), "it lists %s, not %s", listed, expected);
        }
    }

    private static void removes(StoreTrial trial) throws Exception {
        trial.put(trial.here(), "key", bytes("first"));
        trial.there().remove(trial.key("key"));
        unless(trial.getIfThere(trial.here(), "key").isEmpty(), "an object that was removed can still be read");
        trial.here().remove(trial.key("key"));
        unless(trial.put(trial.here(), "key", bytes("second")), "a key that was removed cannot be put again");
    }
}
