package org.obverse.plugins.folders;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;

/**
 * How many pictures a second become images, from the bytes of their files to the bytes of a pack. In the project's folder,
 * after {@code mvn test-compile}:
 *
 * <pre>{@code
 * P=plugins/image-folders/target
 * java -cp $P/test-classes:$P/classes:api/target/classes org.obverse.plugins.folders.DecodingBench
 * }</pre>
 */
final class DecodingBench {
    private static final int PICTURES = 300;
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 9;
    private static final int SIDE = 224;

    private DecodingBench() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.printf(
                Locale.ROOT,
                "JPEG to %dx%d, median of %d rounds of %d pictures (lowest to highest)%n",
                SIDE,
                SIDE,
                ROUNDS,
                PICTURES);
        Framing whole = new Framing(0, SIDE, Framing.Fit.SHORTER_SIDE, 3);
        for (int[] size : new int[][] {{250, 250}, {178, 218}}) {
            Path folder = Files.createTempDirectory("decoding");
            try {
                List<Source> sources = write(folder, size[0], size[1]);
                for (int threads : new int[] {1, 2}) {
                    double[] rates = rates(sources, whole, threads);
                    out.printf(
                            Locale.ROOT,
                            "%dx%d, %d thread%s: %.0f pictures a second (%.0f to %.0f)%n",
                            size[0],
                            size[1],
                            threads,
                            threads == 1 ? "" : "s",
                            rates[ROUNDS / 2],
                            rates[0],
                            rates[ROUNDS - 1]);
                }
            } finally {
                for (Path file : new Walk(new Place("folder", folder)).pictures(folder)) {
                    Files.delete(file);
                }
                Files.delete(folder);
            }
        }
    }

    /** In ascending order. */
    private static double[] rates(List<Source> sources, Framing framing, int threads) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            double[] rates = new double[ROUNDS];
            Room room = Room.ofThisJava();
            List<String> hashes = new ArrayList<>();
            for (Source source : sources) {
                hashes.add(RegularFile.sha256(source.file()));
            }
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                List<Callable<Integer>> work = new ArrayList<>();
                for (int i = 0; i < sources.size(); i++) {
                    Source source = sources.get(i);
                    String hash = hashes.get(i);
                    work.add(() -> source.image(hash, framing, room).planes(3).length);
                }
                long began = System.nanoTime();
                for (Future<Integer> image : pool.invokeAll(work)) {
                    if (image.get() != 3 * SIDE * SIDE) {
                        throw new IllegalStateException("an image of " + image.get() + " bytes");
                    }
                }
                if (round >= 0) {
                    rates[round] = sources.size() / ((System.nanoTime() - began) / 1e9);
                }
            }
            Arrays.sort(rates);
            return rates;
        } finally {
            pool.shutdown();
        }
    }

    /** Waves with some grain, which compress about as photographs of faces do. */
    private static List<Source> write(Path folder, int width, int height) throws IOException {
        Place place = new Place("folder", folder);
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int grain = ((x * 7919 + y * 104_729 + i * 31) >>> 3) % 16;
                    int red = (int) (120 + 80 * Math.sin((x + 3 * i) / 17.0) * Math.cos(y / 23.0)) + grain;
                    int green = (int) (110 + 70 * Math.sin((x + 2 * y) / 31.0)) + grain;
                    int blue = (int) (100 + 60 * Math.cos((y + 5 * i) / 13.0)) + grain;
                    image.setRGB(x, y, (red << 16) | (green << 8) | blue);
                }
            }
            Path file = folder.resolve("%03d.jpg".formatted(i));
            ImageIO.write(image, "jpg", file.toFile());
            sources.add(place.source(file));
        }
        return sources;
    }
}
