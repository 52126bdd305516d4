package org.obverse.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Packs {@link FaultyPlugin} into a jar. */
final class FaultyJar {
    private FaultyJar() {}

    /** A jar without a fault. */
    static Path mended(Path folder) {
        return write(folder, "");
    }

    /**
     * @param fault the place and what is thrown there, such as {@code optimize NoClassDefFoundError}
     */
    static Path write(Path folder, String fault) {
        return TestJar.write(
                folder,
                "faulty",
                List.of(FaultyPlugin.class, Fault.class),
                Map.of(Fault.FILE, fault.isEmpty() ? "nowhere nothing" : fault));
    }
}
