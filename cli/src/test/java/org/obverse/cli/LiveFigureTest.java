package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin that only listens makes of a run. */
final class LiveFigureTest {
    private static final int EPOCHS = 40;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_listener_in_a_jar_draws_a_live_figure_of_the_loss() throws IOException {
        TestJar.write(folder.resolve("plugins"), "loss-chart", List.of(LossChart.class), Map.of());
        Path charts = folder.resolve("charts");
        Path plan = Files.writeString(folder.resolve("plan.yaml"), """
                name: listened
                data: { use: toy2d-blobs, points: 300 }
                target:
                  classifier: { use: toy2d-mlp }
                  training: { optimizer: sgd, learning-rate: 0.01, epochs: %d, batch: 30, milestones: [] }
                listeners: [ { use: loss-chart, folder: '%s' } ]
                execution: { device: cpu }
                """.formatted(EPOCHS, charts));

        Invocation run =
                Invocation.of("run", plan, "--plugins", folder.resolve("plugins"), "--runs", folder.resolve("runs"));

        assertEquals(0, run.code(), run.err());
        double[] losses = curve(charts.resolve("target.svg"));
        assertEquals(EPOCHS, losses.length);
        assertTrue(losses[EPOCHS - 1] < losses[0], () -> Arrays.toString(losses));
        double[] live = curve(charts.resolve("target-live.svg"));
        assertTrue(live.length >= 1 && Arrays.stream(live).allMatch(Double::isFinite), () -> Arrays.toString(live));
    }

    private static double[] curve(Path figure) throws IOException {
        String points = Files.readString(figure).replaceFirst(".*points='", "").replaceFirst("'.*", "");
        return Arrays.stream(points.split(" "))
                .mapToDouble(point -> Double.parseDouble(point.substring(point.indexOf(',') + 1)))
                .toArray();
    }
}
