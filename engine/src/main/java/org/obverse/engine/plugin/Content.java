package org.obverse.engine.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a jar or a folder of classes consists of. */
final class Content {
    private static final int BLOCK = 1 << 16;

    private Content() {}

    /** The place in the file system that a code source names. */
    static Path path(URL location) {
        try {
            return Path.of(location.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(location + " is not the place of a jar or folder", e);
        }
    }

    /** SHA-256 over the relative paths and bytes of several jars or folders, in that order. */
    static String hash(Path first, List<Path> more) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(first, digest);
            for (Path root : more) {
                add(root, digest);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the classes of a plugin cannot be read", e);
        }
    }

    private static void add(Path root, MessageDigest digest) throws IOException {
        if (Files.isDirectory(root)) {
            addTree(root, digest);
            return;
        }
        try (FileSystem jar = FileSystems.newFileSystem(root)) {
            addTree(jar.getPath("/"), digest);
        }
    }

    private static void addTree(Path root, MessageDigest digest) throws IOException {
        TreeMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            walk.filter(Files::isRegularFile)
                    .forEach(file -> files.put(root.relativize(file).toString().replace('\\', '/'), file));
        }
        // What the packaging adds says nothing about behaviour, and a folder of classes does not have it.
        files.keySet().removeIf(name -> name.equals("META-INF/MANIFEST.MF") || name.startsWith("META-INF/maven/"));
        for (var file : files.entrySet()) {
            add(file.getKey().getBytes(StandardCharsets.UTF_8), digest);
            addBytes(file.getValue(), digest);
        }
    }

    /** Piece by piece: a resource may be larger than the memory. */
    private static void addBytes(Path file, MessageDigest digest) throws IOException {
        long length = Files.size(file);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(length).array());
        long read = 0;
        byte[] block = new byte[BLOCK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                digest.update(block, 0, count);
                read += count;
            }
        }
        if (read != length) {
            throw new IOException(file + " has " + read + " bytes, but says that it has " + length);
        }
    }

    private static void add(byte[] bytes, MessageDigest digest) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).array());
        digest.update(bytes);
    }

    /** The jar or folder that holds a class-path resource. */
    static Path root(URL resource, String name) {
        String text = resource.toString();
        String place = text.startsWith("jar:")
                ? text.substring("jar:".length(), text.indexOf("!/"))
                : text.substring(0, text.length() - name.length());
        return Path.of(URI.create(place));
    }
}
