package org.obverse.engine.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A jar in the making: sources that are compiled, other files, manifest entries. */
public final class PluginJar {
    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Map<String, Map<String, byte[]>> COMPILED = new HashMap<>();
    private static final Pattern TYPE = Pattern.compile("(?:class|record|interface) (\\w+)");

    private final Map<String, String> manifest = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();

    /** An empty jar. */
    public static PluginJar empty() {
        return new PluginJar();
    }

    /** A plugin with everything that it needs. */
    static PluginJar of(String id) {
        return of(id, id + "-attack");
    }

    /** The same with one attack of another name. */
    static PluginJar of(String id, String attack) {
        return empty().manifest(id).provider("com.example.Entry").source(plugin(id, attack, ""));
    }

    private PluginJar manifest(String id) {
        return entry("Obverse-Plugin", id).entry("Obverse-Plugin-Version", "1").entry("Obverse-Api", "0.9");
    }

    /** A plugin class {@code com.example.Entry}. */
    static String plugin(String id, String attack, String constructor) {
        return """
                package com.example;
                public final class Entry implements org.obverse.api.plugin.Plugin {
                    public record Keys(int steps) {}
                    public Entry() { %s }
                    public String id() { return "%s"; }
                    public String version() { return "1"; }
                    public java.util.List<org.obverse.api.plugin.Component<?, ?>> components() {
                        return java.util.List.of(new org.obverse.api.plugin.Component<>(
                                org.obverse.api.plugin.Kind.ATTACK, "%s", "Attacks.", new Keys(1),
                                (keys, resources) -> new org.obverse.api.attack.Attack(java.util.Map.of())));
                    }
                }
                """.formatted(constructor, id, attack);
    }

    PluginJar entry(String name, String value) {
        manifest.put(name, value);
        return this;
    }

    PluginJar without(String name) {
        manifest.remove(name);
        return this;
    }

    public PluginJar source(String source) {
        sources.put(find(TYPE, source) + ".java", source);
        return this;
    }

    public PluginJar file(String name, String text) {
        files.put(name, text);
        return this;
    }

    PluginJar provider(String... names) {
        return file("META-INF/services/org.obverse.api.plugin.Plugin", String.join("\n", names));
    }

    /**
     * Compiles and packs.
     *
     * @param libraries jars that the sources see beside the API
     */
    public Path write(Path jar, Path... libraries) {
        try {
            Map<String, byte[]> entries = new TreeMap<>(compiled(libraries));
            files.forEach((name, text) -> entries.put(name, text.getBytes(StandardCharsets.UTF_8)));
            Files.createDirectories(jar.toAbsolutePath().getParent());
            pack(entries, jar);
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compilers are slow, and most tests compile the same plugin. */
    private Map<String, byte[]> compiled(Path... libraries) throws IOException {
        String key = sources.toString();
        Map<String, byte[]> known = COMPILED.get(key);
        if (known == null) {
            known = sources.isEmpty() ? Map.of() : compile(libraries);
            COMPILED.put(key, known);
        }
        return known;
    }

    private Map<String, byte[]> compile(Path... libraries) throws IOException {
        Path work = Files.createTempDirectory("plugin-jar");
        Path classes = work.resolve("classes");
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (Path library : libraries) {
            path = library + System.getProperty("path.separator") + path;
        }
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-cp", path, "-d", classes.toString()));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path folder = Files.createDirectories(work.resolve(find(PACKAGE, source.getValue())));
            arguments.add(Files.writeString(folder.resolve(source.getKey()), source.getValue())
                    .toString());
        }
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, OutputStream.nullOutputStream(), null, arguments.toArray(String[]::new));
        assertEquals(0, code, () -> "cannot compile " + sources.keySet());
        Map<String, byte[]> compiled = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(classes)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                compiled.put(classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return compiled;
    }

    private static String find(Pattern pattern, String source) {
        Matcher found = pattern.matcher(source);
        return found.find() ? found.group(1) : "";
    }

    private void pack(Map<String, byte[]> contents, Path jar) throws IOException {
        Manifest entries = new Manifest();
        entries.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((name, value) -> entries.getMainAttributes().putValue(name, value));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), entries)) {
            for (Map.Entry<String, byte[]> content : contents.entrySet()) {
                out.putNextEntry(new JarEntry(content.getKey()));
                out.write(content.getValue());
                out.closeEntry();
            }
        }
    }
}
