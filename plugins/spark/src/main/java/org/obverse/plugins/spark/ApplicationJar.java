package org.obverse.plugins.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** The jar that Spark hands on to its executors: the application's classes, from wherever the plugin was loaded. */
final class ApplicationJar {
    private static final List<String> CLASSES = List.of(
            "App",
            "AtWork",
            "Conversation",
            "Conversation$Cluster",
            "Jobs",
            "LastWords",
            "Lines",
            "Lines$Asked",
            "Lines$Told",
            "Lines$Told$Ended",
            "Lines$Told$Failed",
            "Lines$Told$Said",
            "Task",
            "Worker",
            "Worker$Said");

    private ApplicationJar() {}

    /** Writes it into a folder, anew. */
    static Path write(Path folder) throws IOException {
        Path file = folder.resolve("spark.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (String name : CLASSES) {
                try (InputStream bytes = ApplicationJar.class.getResourceAsStream(name + ".class")) {
                    if (bytes == null) {
                        throw new FileNotFoundException("the plugin has no class " + name);
                    }
                    jar.putNextEntry(new JarEntry(
                            ApplicationJar.class.getPackageName().replace('.', '/') + "/" + name + ".class"));
                    bytes.transferTo(jar);
                }
            }
        }
        return file;
    }
}
