package org.obverse.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;

/** A signal that comes while the process is ending already. Java lets it wait until the end, which somebody has no patience for. */
final class SecondSignal {
    /** What each is called, and its number. */
    private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    private SecondSignal() {}

    /** From now on; without effect on a Java that has no such signals. */
    static void endsAtOnce() {
        SIGNALS.forEach((name, number) -> {
            try {
                halts(name, number);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                // Windows has no HUP; a Java without jdk.unsupported has none at all.
            }
        });
    }

    /** By reflection, as the compiler warns of jdk.unsupported wherever it is named. */
    private static void halts(String name, int number) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler halt = (proxy, method, arguments) -> {
            Runtime.getRuntime().halt(128 + number);
            return null;
        };
        signal.getMethod("handle", signal, handler)
                .invoke(
                        null,
                        signal.getConstructor(String.class).newInstance(name),
                        Proxy.newProxyInstance(SecondSignal.class.getClassLoader(), new Class<?>[] {handler}, halt));
    }
}
