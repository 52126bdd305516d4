package org.obverse.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the system tells a process. */
final class Signals {
    /** Each that ends a process. */
    private static final List<String> ENDING = List.of("HUP", "INT", "TERM");

    /** What Java itself does on each. */
    private static final Map<String, Object> ORDERLY = new ConcurrentHashMap<>();

    private Signals() {}

    /**
     * A signal ends the process as the system does. Java's own end waits for its hooks, and then takes apart libraries in which threads may
     * still be computing: now and then the last thing said is the report of a crash.
     */
    static void endAtOnce() {
        try {
            Object end =
                    Class.forName("sun.misc.SignalHandler").getField("SIG_DFL").get(null);
            for (String name : ENDING) {
                ORDERLY.putIfAbsent(name, handle(name, end));
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return;
        }
    }

    /** A signal ends the process as Java does, behind the hooks for its shutdown. */
    static void endInOrder() {
        try {
            for (Map.Entry<String, Object> signal : ORDERLY.entrySet()) {
                handle(signal.getKey(), signal.getValue());
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return;
        }
    }

    /**
     * Without effect on a system or a Java that has no such signal: Windows has no HUP, a Java without jdk.unsupported has none at all.
     *
     * @param step taken on a thread of Java's own
     */
    static void handle(String name, Runnable step) {
        InvocationHandler taken = (proxy, method, arguments) -> {
            step.run();
            return null;
        };
        try {
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            handle(name, Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, taken));
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return;
        }
    }

    /** By reflection, as the compiler warns of jdk.unsupported wherever it is named. Returns the handler that was there before. */
    private static Object handle(String name, Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        return signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
                .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
    }
}
