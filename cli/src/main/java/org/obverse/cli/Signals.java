package org.obverse.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the system tells a process. */
final class Signals {
    /** Each that ends a process. */
    private static final List<String> ENDING = List.of("HUP", "INT", "TERM");

    /** What Java itself does on each. */
    private static final Map<String, Object> ORDERLY = new ConcurrentHashMap<>();

    private Signals() {}

    /** Makes what is to be done on a signal. */
    @FunctionalInterface
    private interface Handling {
        /**
         * @param type {@code sun.misc.SignalHandler}
         */
        Object of(Class<?> type) throws ReflectiveOperationException;
    }

    /**
     * A signal ends the process as the system does. Java's own end waits for its hooks, and then takes apart libraries in which threads may
     * still be computing: now and then the last thing said is the report of a crash.
     */
    static void endAtOnce() {
        ENDING.forEach(name -> replaced(name, type -> type.getField("SIG_DFL").get(null))
                .ifPresent(java -> ORDERLY.putIfAbsent(name, java)));
    }

    /** A signal ends the process as Java does, behind the hooks for its shutdown. */
    static void endInOrder() {
        ORDERLY.forEach((name, java) -> replaced(name, type -> java));
    }

    /**
     * Without effect on a system or a Java that has no such signal.
     *
     * @param step taken on a thread of Java's own
     */
    static void handle(String name, Runnable step) {
        InvocationHandler taken = (proxy, method, arguments) -> {
            step.run();
            return null;
        };
        replaced(name, type -> Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {type}, taken));
    }

    /**
     * By reflection, as the compiler warns of jdk.unsupported wherever it is named.
     *
     * @return what was done on the signal before; nothing where there is none: Windows has no HUP, a Java without jdk.unsupported has none
     *     at all
     */
    private static Optional<Object> replaced(String name, Handling handling) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            Object named = signal.getConstructor(String.class).newInstance(name);
            return Optional.ofNullable(signal.getMethod("handle", signal, type).invoke(null, named, handling.of(type)));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }
}
