package org.obverse.cli.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Changes bytes at random, by place and by word.
 *
 * @param words that mean something to who reads the bytes
 */
record Mutation(List<String> words) {
    private static final long[] NUMBERS = {0, 1, -1, 127, 255, 65535, 1L << 31, (1L << 31) - 1, 1L << 40, Long.MAX_VALUE
    };
    /** From a file's end or beginning. */
    private static final int EDGE = 2_000;

    Mutation {
        words = List.copyOf(words);
    }

    /** One to four changes; most of them near the beginning or the end, where structure is. */
    byte[] of(byte[] seed, SplittableRandom random) {
        byte[] bytes = seed.clone();
        int changes = random.nextInt(1, 5);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            bytes = changed(bytes, random);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes, SplittableRandom random) {
        int at = random.nextBoolean() ? random.nextInt(bytes.length) : edge(bytes.length, random);
        return switch (random.nextInt(9)) {
            case 0 -> {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                yield bytes;
            }
            case 1 -> {
                bytes[at] = (byte) random.nextInt(256);
                yield bytes;
            }
            case 2 -> Arrays.copyOf(bytes, at);
            case 3 -> {
                long number = NUMBERS[random.nextInt(NUMBERS.length)];
                for (int b = 0; b < 8 && at + b < bytes.length; b++) {
                    bytes[at + b] = (byte) (number >> (8 * b));
                }
                yield bytes;
            }
            case 4 -> splice(bytes, at, at, word(random));
            case 5 -> splice(bytes, wordStart(bytes, at), wordEnd(bytes, at), word(random));
            case 6 -> {
                int from = random.nextInt(bytes.length);
                yield splice(
                        bytes,
                        at,
                        at,
                        Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(200))));
            }
            case 7 -> {
                int other = random.nextInt(bytes.length);
                byte[] line = Arrays.copyOfRange(bytes, lineStart(bytes, other), lineEnd(bytes, other));
                yield splice(bytes, lineStart(bytes, at), random.nextBoolean() ? at : lineStart(bytes, at), line);
            }
            default -> splice(bytes, at, Math.min(bytes.length, at + random.nextInt(1, 50)), new byte[0]);
        };
    }

    private static int edge(int length, SplittableRandom random) {
        return Math.abs((random.nextBoolean() ? 0 : length - 1) - random.nextInt(Math.min(EDGE, length)));
    }

    private byte[] word(SplittableRandom random) {
        return words.get(random.nextInt(words.size())).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int wordStart(byte[] bytes, int at) {
        int start = at;
        while (start > 0 && isWord(bytes[start - 1])) {
            start--;
        }
        return start;
    }

    private static int wordEnd(byte[] bytes, int at) {
        int end = at;
        while (end < bytes.length && isWord(bytes[end])) {
            end++;
        }
        return end;
    }

    private static boolean isWord(byte letter) {
        return Character.isLetterOrDigit(letter) || letter == '-' || letter == '.' || letter == '_';
    }

    private static int lineStart(byte[] bytes, int at) {
        int start = at;
        while (start > 0 && bytes[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private static int lineEnd(byte[] bytes, int at) {
        int end = at;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return Math.min(bytes.length, end + 1);
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
        byte[] result = new byte[from + middle.length + bytes.length - to];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(bytes, to, result, from + middle.length, bytes.length - to);
        return result;
    }
}
