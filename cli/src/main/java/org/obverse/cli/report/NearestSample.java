package org.obverse.cli.report;

import java.util.Comparator;
import java.util.List;
import org.obverse.engine.record.ClassPictures;
import org.obverse.engine.record.Raster;

/** Which of the stored training samples of a class looks most like a reconstruction: by the mean square of their pixels' differences. */
final class NearestSample {
    private static final int SIDE = 32;

    private NearestSample() {}

    /** For each reconstruction of a class, in their order; the first sample where shapes differ. */
    static List<Raster> of(ClassPictures pictures) {
        return pictures.reconstructions().stream()
                .map(found -> pictures.samples().stream()
                        .min(Comparator.comparingDouble(sample -> distance(sample, found)))
                        .orElseThrow())
                .toList();
    }

    private static double distance(Raster sample, Raster found) {
        int side = Math.min(SIDE, Math.min(sample.width(), found.width()));
        Raster a = sample.atMost(side);
        Raster b = found.atMost(side);
        if (a.height() != b.height()) {
            return Double.POSITIVE_INFINITY;
        }
        double sum = 0;
        for (int y = 0; y < a.height(); y++) {
            for (int x = 0; x < side; x++) {
                for (int shift = 0; shift <= 16; shift += 8) {
                    double difference = (a.rgb(x, y) >> shift & 0xFF) - (b.rgb(x, y) >> shift & 0xFF);
                    sum += difference * difference;
                }
            }
        }
        return sum / (side * (double) a.height());
    }
}
