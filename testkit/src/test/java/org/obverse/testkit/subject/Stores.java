package org.obverse.testkit.subject;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.store.ObjectStore;

/** A folder that several machines could share, with at most one fault. */
final class Stores implements ObjectStore {
    private final Fault fault;
    private final Path folder;
    private final List<String> own = new ArrayList<>();

    enum Fault implements Subjects.Fault {
        NONE(Subjects.HONEST),
        LOSES_TRAILING_ZEROS("gives-back-the-bytes"),
        CLOSES_THE_STREAM("gives-back-the-bytes-2"),
        TAKES_NOTHING_FOR_A_FAILURE("finds-nothing-where-nothing-is"),
        REPLACES("keeps-the-first"),
        LOOKS_AND_PUTS("one-of-many-puts"),
        WRITES_IN_PLACE("shows-whole-objects"),
        LISTS_ITS_OWN("lists-what-is-there"),
        LISTS_WHOLE_FOLDERS("lists-what-is-there-2"),
        LISTS_BACKWARDS("lists-what-is-there-3"),
        REMOVES_NOTHING("removes"),
        REMOVES_ONCE("removes-2");

        private final String rule;

        Fault(String rule) {
            this.rule = rule;
        }

        @Override
        public String rule() {
            return rule;
        }
    }

    private Stores(Fault fault, Path folder) {
        this.fault = fault;
        this.folder = folder;
    }

    static Subjects<Fault, ObjectStore> subjects() {
        return new Subjects<>(
                Kind.STORE,
                List.of(Fault.values()),
                fault -> Requirements.none(),
                (fault, weight, resources) ->
                        new Stores(fault, resources.workspace().cache().resolve("bench-store")));
    }

    private Path file(String key) {
        return folder.resolve(key);
    }

    @Override
    public boolean putIfAbsent(String key, Path bytes) throws IOException {
        Path file = file(key);
        Files.createDirectories(file.resolveSibling(""));
        synchronized (own) {
            own.add(key);
        }
        if (fault == Fault.WRITES_IN_PLACE) {
            return writeInPlace(file, Files.readAllBytes(bytes));
        }
        if (fault == Fault.LOOKS_AND_PUTS) {
            boolean absent = !Files.exists(file);
            dawdle();
            if (absent) {
                put(bytes, file);
            }
            return absent;
        }
        boolean put = put(bytes, file);
        if (!put && fault == Fault.REPLACES) {
            Files.write(file, Files.readAllBytes(bytes));
        }
        return put;
    }

    private boolean put(Path bytes, Path file) throws IOException {
        Path draft = Files.createTempFile(folder, "", "");
        try {
            Files.write(draft, Files.readAllBytes(bytes));
            Files.createLink(file, draft);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.delete(draft);
        }
    }

    private boolean writeInPlace(Path file, byte[] object) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            out.write(object, 0, object.length / 2);
            dawdle();
            out.write(object, object.length / 2, object.length - object.length / 2);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** Long enough for another thread. */
    private void dawdle() {
        for (int i = 0; i < 100_000; i++) {
            if (!Files.exists(folder)) {
                return;
            }
        }
    }

    @Override
    public boolean get(String key, OutputStream bytes) throws IOException {
        try {
            byte[] object = Files.readAllBytes(file(key));
            bytes.write(fault == Fault.LOSES_TRAILING_ZEROS ? withoutZeros(object) : object);
            if (fault == Fault.CLOSES_THE_STREAM) {
                bytes.close();
            }
            return true;
        } catch (NoSuchFileException e) {
            if (fault == Fault.TAKES_NOTHING_FOR_A_FAILURE) {
                throw e;
            }
            return false;
        }
    }

    private static byte[] withoutZeros(byte[] object) {
        int length = object.length;
        while (length > 0 && object[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(object, length);
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        Path in = file(prefix.substring(0, prefix.lastIndexOf('/')));
        if (!Files.isDirectory(in)) {
            return List.of();
        }
        Comparator<String> order =
                fault == Fault.LISTS_BACKWARDS ? Comparator.reverseOrder() : Comparator.naturalOrder();
        try (Stream<Path> files = Files.list(in)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(key -> fault == Fault.LISTS_WHOLE_FOLDERS || key.startsWith(prefix))
                    .filter(key -> fault != Fault.LISTS_ITS_OWN || own.contains(key))
                    .sorted(order)
                    .toList();
        }
    }

    @Override
    public void remove(String key) throws IOException {
        if (fault == Fault.REMOVES_ONCE) {
            Files.delete(file(key));
        } else if (fault != Fault.REMOVES_NOTHING) {
            Files.deleteIfExists(file(key));
        }
    }

    @Override
    public void close() {}
}
