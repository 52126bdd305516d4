package org.obverse.cli.report;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates.Curve;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;

/** 30 cells with 200 classes, curves, trainings, charts and pictures of 32 pixels. */
final class LargeStudy {
    static final int CELLS = 30;
    static final int CLASSES = 200;

    private LargeStudy() {}

    static void write(Path runs, NDManager manager) {
        String alphas = IntStream.range(0, CELLS)
                .mapToObj(i -> String.valueOf(i / 100.0))
                .collect(Collectors.joining(", "));
        WrittenStudy study = WrittenStudy.of(
                WrittenStudy.PLAN + "study: { axes: { target.defense.0.alpha: [" + alphas + "] } }\n", runs, manager);
        NDArray samples = faces(manager, 1);
        for (int cell = 0; cell < CELLS; cell++) {
            int shift = cell;
            float[] losses = new float[200];
            for (int step = 0; step < losses.length; step++) {
                losses[step] = 5f / (1 + step) + shift;
            }
            List<Row> rows = IntStream.range(0, CLASSES)
                    .mapToObj(c -> new Row(c, List.of((c * 7 + shift) % 11 / 10.0, (double) (c % 5))))
                    .toList();
            List<EpochFigures> epochs = IntStream.range(0, 80)
                    .mapToObj(epoch -> new EpochFigures(3.0 / (1 + epoch), 1 - 1.0 / (1 + epoch)))
                    .toList();
            try (NDManager own = manager.newSubManager()) {
                study.run(cell)
                        .data(String.valueOf(CLASSES))
                        .trained("target", own.create((float) cell), epochs)
                        .found(
                                "optimize",
                                new Curve("loss", List.of(losses, losses)),
                                Map.of("logits with gradient", 6250L))
                        .measured(
                                "attack-accuracy",
                                List.of(
                                        WrittenStudy.accuracy(0.5),
                                        new Figure("distance(judge)", 2, Better.LOWER, "squared distance")),
                                List.of(new Table("per class", List.of("Acc@1", "distance"), rows)))
                        .drawn(
                                "geometry",
                                List.of(new Figure("ratio", cell, Better.NEITHER, "ratio")),
                                WrittenStudy.charts(cell / 30.0))
                        .gallery(CLASSES, samples, faces(own, cell + 2))
                        .done();
            }
        }
        study.page();
    }

    /** Smooth, with a little noise, as pictures of faces are. */
    private static NDArray faces(NDManager manager, int number) {
        float[] values = new float[CLASSES * 3 * 32 * 32];
        int noise = number;
        for (int i = 0; i < values.length; i++) {
            noise = noise * 1_664_525 + 1_013_904_223;
            int x = i % 32;
            int y = i / 32 % 32;
            int image = i / 1024;
            values[i] =
                    (float) (0.7 * Math.sin((x + image) / 6.0) * Math.cos((y + number) / 7.0)) + (noise >>> 24) / 2560f;
        }
        return manager.create(values, new Shape(CLASSES, 1, 3, 32, 32));
    }
}
