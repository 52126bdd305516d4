package org.obverse.engine.artifact;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A file under another name until all its bytes are on the disk. It is locked as long as somebody writes it, so that one
 * whose lock can be had was left by a process that is no more. A process id would not say so: in containers it is the same
 * each time, and another machine knows nothing of it.
 */
final class Draft implements AutoCloseable {
    /**
     * A process that opens and closes a file gives up its lock on it, and must know its own by their name. When it began is
     * what processes of one id differ in; no artifact holds that.
     */
    private static final String PROCESS = ProcessHandle.current().pid() + "-"
            + Long.toHexString(ManagementFactory.getRuntimeMXBean().getStartTime());

    private static final Pattern DRAFT = Pattern.compile("\\..+\\.\\d+(-[0-9a-f]+)?(\\.\\d+)?\\.tmp");

    private final Path path;
    private final FileChannel channel;

    private Draft(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * @param file what it becomes
     */
    static Draft of(Path file) throws IOException {
        Path path = file.toAbsolutePath()
                .resolveSibling(".%s.%s.%d.tmp"
                        .formatted(
                                file.getFileName(),
                                PROCESS,
                                Thread.currentThread().getId()));
        while (true) {
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            if (isLocked(channel) && Files.exists(path)) {
                return new Draft(path, channel);
            }
            // Another process took it for a dead one in the moment before it was locked.
            channel.close();
        }
    }

    /** Without locks on a file system, nothing there is ever taken for dead. */
    private static boolean isLocked(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException e) {
            return true;
        }
    }

    void write(ArtifactStore.Content content) throws IOException {
        content.write(channel);
        channel.force(true);
    }

    void become(Path file) throws IOException {
        Files.move(path, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DurableFolder.of(file).sync();
    }

    /** Does not replace a file that came into being in the meantime. */
    void becomeNew(Path file) throws IOException {
        Files.move(path, file);
        DurableFolder.of(file).sync();
    }

    /** Removes it, unless it became a file. */
    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(path);
        }
    }

    /** Removes the drafts of a file that were left by processes that are no more. */
    static void removeDead(Path file) throws IOException {
        String name = "." + file.getFileName() + ".";
        removeDead(file.toAbsolutePath().resolveSibling(""), draft -> draft.startsWith(name));
    }

    /** Removes all drafts in a folder that were left by processes that are no more. */
    static void removeAllDead(Path folder) throws IOException {
        removeDead(folder, draft -> true);
    }

    /** The drafts in a folder that were left by processes that are no more. */
    static List<Path> allDead(Path folder) throws IOException {
        List<Path> dead = new ArrayList<>();
        for (Path draft : strange(folder, any -> true)) {
            ifDead(draft, () -> dead.add(draft));
        }
        return dead;
    }

    private static void removeDead(Path folder, Predicate<String> wanted) throws IOException {
        for (Path draft : strange(folder, wanted)) {
            ifDead(draft, () -> Files.deleteIfExists(draft));
        }
    }

    /** Of other processes, be they there or not. */
    private static List<Path> strange(Path folder, Predicate<String> wanted) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        DirectoryStream.Filter<Path> drafts = path -> {
            String name = String.valueOf(path.getFileName());
            return DRAFT.matcher(name).matches()
                    && !name.contains("." + PROCESS + ".")
                    && wanted.test(name)
                    && Files.isRegularFile(path);
        };
        List<Path> strange = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, drafts)) {
            found.forEach(strange::add);
        }
        return strange;
    }

    /** What is done while nobody else can write the draft. */
    @FunctionalInterface
    private interface Step {
        boolean take() throws IOException;
    }

    @CanIgnoreReturnValue
    private static boolean ifDead(Path draft, Step step) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            return isFree(channel) && step.take();
        } catch (NoSuchFileException e) {
            // It became a file in the meantime.
            return false;
        }
    }

    /** The lock, if there is one, is held until the channel is closed. */
    private static boolean isFree(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException | IOException e) {
            return false;
        }
    }
}
