package org.obverse.engine.plugin;

import java.util.List;

/**
 * The packages that a plugin shares with the engine, because their types cross the boundary. Each one ties plugins to the
 * engine's version of it, so the list is short on purpose.
 */
final class SharedPackages {
    private static final List<String> SHARED =
            List.of("org.obverse.api", "ai.djl", "org.slf4j", "org.jspecify", "com.fasterxml.jackson.annotation");
    private static final List<String> NOT_SHARED = List.of("ai.djl.pytorch");

    private SharedPackages() {}

    /** Whether plugins get this class or resource from the engine, and only from there. */
    static boolean hold(String classOrResource) {
        return isIn(SHARED, classOrResource) && !isIn(NOT_SHARED, classOrResource);
    }

    /**
     * Whether a jar with this entry brings what the engine provides: a shared package, or the native engine, of which a
     * process can have one.
     */
    static boolean forbid(String entry) {
        String name = entry.replaceFirst("^META-INF/versions/\\d+/", "");
        return name.endsWith(".class") && isIn(SHARED, name);
    }

    private static boolean isIn(List<String> packages, String classOrResource) {
        String name = classOrResource.replace('/', '.');
        return packages.stream().anyMatch(known -> name.startsWith(known + "."));
    }
}
