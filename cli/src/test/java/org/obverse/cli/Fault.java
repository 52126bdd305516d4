package org.obverse.cli;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;

/** Where {@link FaultyPlugin} misbehaves and how, as its jar says; nowhere once the jar was mended. */
final class Fault {
    static final String FILE = "fault.txt";

    private static final long MORE_THAN_ANY_DEVICE = 1L << 48;

    private Fault() {}

    /** Misbehaves if this is the place. */
    static void at(String place) {
        String[] fault = fault().split(" ", 2);
        if (fault[0].equals(place)) {
            commit(fault[1]);
        }
    }

    /** As {@link #at(String)}, with what the engine lent. */
    static void at(String place, NDManager lent) {
        switch (fault().replace(place + " ", "")) {
            case "close" -> lent.getParentManager().close();
            case "device" -> lent.create(new Shape(MORE_THAN_ANY_DEVICE));
            default -> at(place);
        }
    }

    /** Whether the jar says just this. */
    static boolean is(String fault) {
        return fault().equals(fault);
    }

    private static void commit(String fault) {
        switch (fault) {
            case "exit" -> System.exit(0);
            case "exit-in-thread" -> exitInThread();
            case "crash" -> crash();
            case "heap" -> fillTheHeap();
            case "endless" -> spin();
            case "thread" -> new Thread(Fault::spin, "left-behind").start();
            default -> Fault.<RuntimeException>fail(thrown(fault));
        }
    }

    private static void exitInThread() {
        new Thread(() -> System.exit(0), "of-the-plugin").start();
        spin();
    }

    /** As native code does that writes to memory it no longer has. */
    private static void crash() {
        try {
            Class<?> unsafe = Class.forName("sun.misc.Unsafe");
            Field only = unsafe.getDeclaredField("theUnsafe");
            only.setAccessible(true);
            unsafe.getMethod("putAddress", long.class, long.class).invoke(only.get(null), 0L, 0L);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java cannot write to memory that it does not have", e);
        }
    }

    private static void fillTheHeap() {
        Object[] kept = {};
        while (true) {
            kept = new Object[] {kept, new long[1 << 20]};
        }
    }

    private static void spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    private static String fault() {
        try (InputStream in = Fault.class.getResourceAsStream("/" + FILE)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void fail(Throwable failure) throws E {
        throw (E) failure;
    }

    private static Throwable thrown(String name) {
        return switch (name) {
            case "NoClassDefFoundError" -> new NoClassDefFoundError("third/Party");
            case "StackOverflowError" -> new StackOverflowError();
            case "OutOfMemoryError" -> new OutOfMemoryError("as if");
            case "AssertionError" -> new AssertionError("never");
            case "IOException" -> new IOException("undeclared");
            case "Rude" -> new Rude();
            default -> new IllegalStateException("not now");
        };
    }

    /** Not even its name can be had. */
    private static final class Rude extends Error {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new UnsupportedOperationException("no comment");
        }
    }
}
