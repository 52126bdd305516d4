package com.example.contrast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import com.google.common.math.Stats;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.metric.Reconstructions;
import org.obverse.api.plugin.Meaning;

/** Sums up with Guava, and says with which. */
record ContrastMetric(Settings settings) implements ReconstructionMetric {
    private static final String GUAVA = "/META-INF/maven/com.google.guava/guava/pom.properties";

    record Settings(@Meaning("population: divides by n; sample: by n - 1") Deviation deviation) {}

    enum Deviation {
        POPULATION,
        SAMPLE
    }

    @Override
    public Measurement measure(Reconstructions evidence) throws MetricFailedException {
        List<Double> contrasts = new ArrayList<>();
        for (int row = 0; row < evidence.candidates().size(); row++) {
            evidence.checkpoint();
            contrasts.add(contrast(evidence, row));
        }
        List<Row> rows = evidence.candidates().classes().stream()
                .distinct()
                .map(wanted -> new Row(wanted, List.of(mean(evidence.candidates().of(wanted), contrasts))))
                .toList();
        return new Measurement(
                List.of(new Figure("contrast", Stats.meanOf(contrasts), Better.HIGHER, "of a range of 2")),
                List.of(new Table("contrast by Guava " + guava(), List.of("contrast"), rows)),
                List.of());
    }

    private double contrast(Reconstructions evidence, int row) throws MetricFailedException {
        try (NDScope scope = new NDScope()) {
            NDArray image = evidence.candidates().draw(1, evidence.random(), row);
            Stats pixels = Stats.of(doubles(image));
            double contrast = settings.deviation() == Deviation.SAMPLE
                    ? pixels.sampleStandardDeviation()
                    : pixels.populationStandardDeviation();
            if (!Double.isFinite(contrast)) {
                throw new MetricFailedException("image " + row + " has pixels that are not finite; look at the search");
            }
            return contrast;
        }
    }

    private static double[] doubles(NDArray image) {
        float[] pixels = image.toFloatArray();
        double[] wide = new double[pixels.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = pixels[i];
        }
        return wide;
    }

    private static double mean(int[] rows, List<Double> contrasts) {
        double sum = 0;
        for (int row : rows) {
            sum += contrasts.get(row);
        }
        return sum / rows.length;
    }

    /** The version of the Guava that this class is linked with. */
    private static String guava() {
        try (InputStream file = Stats.class.getResourceAsStream(GUAVA)) {
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + GUAVA, e);
        }
    }
}
