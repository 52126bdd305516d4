package org.obverse.testkit.rule;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The worker of a {@link PlaceBench}, whose units are of three slots: {@value #MAKE} writes an artifact, {@value #SLOW} goes on
 * until it is cancelled, {@value #DIE} ends the process. It stands on the JDK alone, and so needs no other classes than these.
 */
final class PlaceWorker {
    static final String MAKE = "make";
    static final String SLOW = "slow";
    static final String DIE = "die";

    static final String PERFORM = "perform";
    static final String FORGET = "forget";
    static final String CANCEL = "cancel";
    static final String BEGUN = "begun";
    static final String MADE = "made";
    static final String THREW = "threw";

    /** Behind the store: what was ordered is performed to its end, also after that of the input. */
    static final String LASTING = "lasting";

    private final Path store;
    private final PrintStream out;
    private final CountDownLatch cancelled = new CountDownLatch(1);

    private PlaceWorker(Path store, PrintStream out) {
        this.store = store;
        this.out = out;
    }

    /**
     * @param arguments the folder of the store
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        ExecutorService one = Executors.newSingleThreadExecutor(daemons("unit"));
        new PlaceWorker(Path.of(arguments[0]), out).work(one);
        if (arguments.length > 1 && arguments[1].equals(LASTING)) {
            one.shutdown();
            awaitEnd(one);
        }
    }

    private static void awaitEnd(ExecutorService one) {
        try {
            while (!one.awaitTermination(1, TimeUnit.MINUTES)) {
                // Whoever started it ends it.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(ExecutorService one) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                if (words[0].equals(PERFORM)) {
                    one.execute(() -> out.println(performed(words[1], words[2])));
                } else if (words[0].equals(CANCEL)) {
                    cancelled.countDown();
                }
            }
        }
    }

    static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private String performed(String slot, String digest) {
        out.println(BEGUN + " " + digest);
        try {
            switch (slot) {
                case MAKE -> {
                    return MADE + " " + digest + " " + make(store, digest);
                }
                case DIE -> {
                    byte[] artifact = artifact(digest);
                    Files.write(half(store, digest), Arrays.copyOf(artifact, artifact.length / 2));
                    Runtime.getRuntime().halt(1);
                }
                default -> cancelled.await();
            }
        } catch (IOException e) {
            return THREW + " " + digest + " " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return THREW + " " + digest + " cancelled";
    }

    /** The bytes of the artifact that an order leads to. */
    static byte[] artifact(String digest) {
        return ("what was made for " + digest + "\n").repeat(100).getBytes(StandardCharsets.UTF_8);
    }

    /** Where an artifact lies until it is whole. */
    static Path half(Path store, String digest) {
        return store.resolve(digest + ".half");
    }

    /** Puts an artifact into the store; returns its SHA-256. */
    static String make(Path store, String digest) throws IOException {
        byte[] artifact = artifact(digest);
        Path half = half(store, digest);
        Files.write(half, artifact);
        Files.move(half, store.resolve(digest), StandardCopyOption.ATOMIC_MOVE);
        return sha256(artifact);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
