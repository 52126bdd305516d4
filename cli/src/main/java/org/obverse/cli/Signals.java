package org.obverse.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;

/** What the system tells a process. */
final class Signals {
    /** What each that ends a process is called, and its number. */
    private static final Map<String, Integer> ENDING = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    private Signals() {}

    /** A signal that comes while the process is ending already, which Java lets wait until the end, ends it now; nobody has patience for that. */
    static void endAtOnce() {
        ENDING.forEach((name, number) -> handle(name, () -> Runtime.getRuntime().halt(128 + number)));
    }

    /**
     * Without effect on a system or a Java that has no such signal: Windows has no HUP, a Java without jdk.unsupported has none at all.
     *
     * @param step taken on a thread of Java's own
     */
    static void handle(String name, Runnable step) {
        try {
            add(name, step);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return;
        }
    }

    /** By reflection, as the compiler warns of jdk.unsupported wherever it is named. */
    private static void add(String name, Runnable step) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler taken = (proxy, method, arguments) -> {
            step.run();
            return null;
        };
        signal.getMethod("handle", signal, handler)
                .invoke(
                        null,
                        signal.getConstructor(String.class).newInstance(name),
                        Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, taken));
    }
}
