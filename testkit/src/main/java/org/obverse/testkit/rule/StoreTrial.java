package org.obverse.testkit.rule;

import ai.djl.ndarray.NDManager;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.obverse.api.plugin.Resources;
import org.obverse.api.store.ObjectStore;
import org.obverse.engine.plan.PlannedComponent;

/**
 * A store as two machines see it. It need not be empty: a trial has keys of its own, and takes out what it put.
 *
 * @param here as one machine sees it
 * @param there as another one does
 */
record StoreTrial(ObjectStore here, ObjectStore there, String name, Path bytes, List<String> keys)
        implements AutoCloseable {
    /** Looks at a store. */
    interface Look {
        void at(StoreTrial trial) throws Exception;
    }

    static void with(Subject<ObjectStore> subject, Look look) throws Exception {
        PlannedComponent<ObjectStore> chosen = subject.chosen();
        String name = "conformance/" + Long.toHexString(System.nanoTime());
        Path bytes = Files.createTempFile("obverse-bench-store", "");
        try (NDManager manager = subject.bench().torch().manager().newSubManager()) {
            Resources resources = subject.bench().resources(chosen.plugin(), manager);
            List<String> keys = Collections.synchronizedList(new ArrayList<>());
            try (StoreTrial trial =
                    new StoreTrial(chosen.create(resources), chosen.create(resources), name, bytes, keys)) {
                look.at(trial);
            }
        } finally {
            Files.delete(bytes);
        }
    }

    /** A key of this trial. */
    String key(String object) {
        return name + "-" + object;
    }

    /** Puts an object, from one thread at a time. */
    boolean put(ObjectStore store, String key, byte[] object) throws IOException {
        return put(store, key, Files.write(bytes, object));
    }

    /** Puts a file as an object. */
    boolean put(ObjectStore store, String key, Path file) throws IOException {
        keys.add(key(key));
        return store.putIfAbsent(key(key), file);
    }

    /** An object's bytes; nothing if there is none. */
    Optional<byte[]> get(ObjectStore store, String key) throws IOException {
        Read read = new Read();
        boolean found = store.get(key(key), read);
        BrokenRule.unless(found || read.size() == 0, "it writes %d bytes of an object that is not there", read.size());
        return found ? Optional.of(read.toByteArray()) : Optional.empty();
    }

    /** As {@link #get}; that the store fails where nothing is, is for another rule to tell. */
    Optional<byte[]> getIfThere(ObjectStore store, String key) {
        try {
            return get(store, key);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What a store writes to, which is not its own to close. */
    static final class Read extends ByteArrayOutputStream {
        private boolean closed;

        @Override
        public void close() {
            closed = true;
        }

        boolean isClosed() {
            return closed;
        }
    }

    @Override
    public void close() {
        try {
            for (String key : keys) {
                there.remove(key);
            }
        } catch (IOException e) {
            // That is for the rule removes to tell.
        } finally {
            here.close();
            there.close();
        }
    }
}
