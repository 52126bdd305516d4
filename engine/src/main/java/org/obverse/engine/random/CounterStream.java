package org.obverse.engine.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.IntStream;
import org.obverse.api.random.RandomStream;

/**
 * A stream whose draws are {@link Philox} blocks of a counter, under a key that is its name.
 *
 * <p>SHA-256 of the seed (8 bytes, big-endian) and the path (UTF-8) gives the key (its first 64 bits) and the upper half
 * of the counter (the next 64); the lower half counts blocks from 0. The same name gives the same draws on every machine
 * and in every version: recorded runs depend on it.
 */
public final class CounterStream implements RandomStream {
    private static final int WORDS = 4;
    private static final int MANY = 1 << 15;
    private static final double UNIT_53 = 0x1.0p-53;

    private final long seed;
    private final String path;
    private final int key0;
    private final int key1;
    private final int[] counter = new int[WORDS];
    private int[] block = new int[WORDS];
    private int used = WORDS;
    private double waiting = Double.NaN;

    private CounterStream(long seed, String path) {
        this.seed = seed;
        this.path = path;
        ByteBuffer name = ByteBuffer.wrap(sha256(seed, path));
        this.key0 = name.getInt();
        this.key1 = name.getInt();
        this.counter[2] = name.getInt();
        this.counter[3] = name.getInt();
    }

    /** Another at the same place, of which nothing of the present block is left. */
    private CounterStream(CounterStream other) {
        this.seed = other.seed;
        this.path = other.path;
        this.key0 = other.key0;
        this.key1 = other.key1;
        System.arraycopy(other.counter, 0, counter, 0, WORDS);
    }

    /** The root stream of a seed. */
    public static CounterStream of(long seed) {
        return new CounterStream(seed, "");
    }

    /**
     * The stream of a seed at a path, as {@link #child} reaches it from the root.
     *
     * @param path such as {@code optimize/class=17/}: each part ends with a slash, the root is empty
     * @throws IllegalArgumentException if the path does not end with a slash
     */
    public static CounterStream of(long seed, String path) {
        if (!path.isEmpty() && !path.endsWith("/")) {
            throw new IllegalArgumentException("path '" + path + "': each part of a path must end with '/'");
        }
        return new CounterStream(seed, path);
    }

    /** The stream's path, each part followed by a slash. */
    public String path() {
        return path;
    }

    @Override
    public RandomStream child(String name) {
        return new CounterStream(seed, path + part(name) + "/");
    }

    @Override
    public RandomStream child(String name, long index) {
        return new CounterStream(seed, path + part(name) + "=" + index + "/");
    }

    @Override
    public double uniform() {
        long high = nextWord() >>> 5;
        long low = nextWord() >>> 6;
        return ((high << 26) | low) * UNIT_53;
    }

    @Override
    public int below(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound: " + bound + " must be positive");
        }
        long words = 1L << 32;
        long unbiased = words - words % bound;
        long word = nextWord();
        while (word >= unbiased) {
            word = nextWord();
        }
        return (int) (word % bound);
    }

    /** {@inheritDoc} By Box and Muller (1958), both values of a pair in order: cosine, then sine. */
    @Override
    public double gaussian() {
        if (!Double.isNaN(waiting)) {
            double second = waiting;
            waiting = Double.NaN;
            return second;
        }
        double u1 = 1 - uniform();
        double u2 = uniform();
        double radius = StrictMath.sqrt(-2 * StrictMath.log(u1));
        double angle = 2 * Math.PI * u2;
        waiting = radius * StrictMath.sin(angle);
        return radius * StrictMath.cos(angle);
    }

    /** {@inheritDoc} Many are drawn by several threads, as each pair has a block of its own; they are the same. */
    @Override
    public float[] gaussians(int count) {
        boolean atABlock = used == WORDS && Double.isNaN(waiting);
        if (!atABlock || count < MANY) {
            return RandomStream.super.gaussians(count);
        }
        float[] values = new float[count];
        long first = Integer.toUnsignedLong(counter[1]) << Integer.SIZE | Integer.toUnsignedLong(counter[0]);
        int pairs = count / 2;
        IntStream.range(0, (pairs + MANY - 1) / MANY).parallel().forEach(part -> {
            CounterStream own = new CounterStream(this);
            own.stand(first + (long) part * MANY);
            for (int i = 2 * part * MANY; i < 2 * Math.min(pairs, (part + 1) * MANY); i++) {
                values[i] = (float) own.gaussian();
            }
        });
        stand(first + pairs);
        if (count % 2 == 1) {
            values[count - 1] = (float) gaussian();
        }
        return values;
    }

    /** Goes on with a block. */
    private void stand(long block) {
        counter[0] = (int) block;
        counter[1] = (int) (block >>> Integer.SIZE);
    }

    /** The next 32 bits, as a number from 0 to 2³² − 1. */
    private long nextWord() {
        if (used == WORDS) {
            block = Philox.block(counter, key0, key1);
            used = 0;
            counter[0]++;
            if (counter[0] == 0) {
                counter[1]++;
            }
        }
        return Integer.toUnsignedLong(block[used++]);
    }

    /** The path's own marks are escaped, so that two different descents never meet in one path. */
    private static String part(String name) {
        return name.replace("%", "%25").replace("/", "%2F").replace("=", "%3D");
    }

    private static byte[] sha256(long seed, String path) {
        byte[] text = path.getBytes(StandardCharsets.UTF_8);
        ByteBuffer name =
                ByteBuffer.allocate(Long.BYTES + text.length).putLong(seed).put(text);
        try {
            return MessageDigest.getInstance("SHA-256").digest(name.array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }
}
